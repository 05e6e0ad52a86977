package fr.opendamir.question;

import fr.opendamir.catalog.Label;

/** A kind of error, with its text. Each package lists its messages in an enum. */
public interface Message {
  /** The stable, machine-readable code: {@code unknown_parameter}, {@code unknown_value}, … */
  String code();

  /** The text: a {@link String#format} pattern if there are values. */
  Label pattern();

  /** Creates a message whose text takes no values. */
  static Message of(String code, Label text) {
    return new Complete(code, text);
  }

  /** A message whose text takes no values. */
  record Complete(String code, Label pattern) implements Message {}
}
