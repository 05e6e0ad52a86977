package fr.opendamir.store;

/**
 * A policy that published months were made with.
 *
 * @param sha256 of its document; empty if none was stored
 * @param months for people, such as {@code 2024-10 to 2024-12}
 */
public record PublishedPolicy(String id, String sha256, String months) {}
