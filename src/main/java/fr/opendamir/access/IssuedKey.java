package fr.opendamir.access;

/**
 * A key just made: the only moment at which its text is known.
 *
 * @param text to be shown once, and forgotten
 */
public record IssuedKey(KeyText text, KeyRecord record) {}
