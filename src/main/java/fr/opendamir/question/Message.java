package fr.opendamir.question;

import fr.opendamir.catalog.Label;

/** A kind of error, with its text. Rooms and doors list theirs in enums. */
public interface Message {
  /** Stable, for programs: {@code unknown_parameter}, {@code unknown_value}, … */
  String code();

  /** The text, as a pattern of {@link String#format} where there are values. */
  Label pattern();

  /** A message with a text that is complete. */
  static Message of(String code, Label text) {
    return new Complete(code, text);
  }

  /** A message with a text that is complete. */
  record Complete(String code, Label pattern) implements Message {}
}
