package fr.opendamir.access;

/** What came of a text that was presented as a key. All but {@link Valid} are refused with 401. */
public sealed interface KeyCheck {
  /** Go on, as this caller. */
  record Valid(KeyRecord key) implements KeyCheck {}

  /** No key at all: mistyped or cut off. Nobody was asked. */
  record Malformed() implements KeyCheck {}

  /** Well formed, and never given out. */
  record Unknown() implements KeyCheck {}

  record Revoked(KeyRecord key) implements KeyCheck {}

  record Expired(KeyRecord key) implements KeyCheck {}
}
