package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import java.util.List;

/**
 * A text for clients, before the terms of an API are inserted.
 *
 * @param pattern a {@link String#format} pattern, or plain text if there are no values
 * @param values strings and numbers; a {@link Label} is replaced by its text in the language, a
 *     {@link See} by its address
 */
public record Text(Label pattern, List<Object> values) {
  public Text {
    values = List.copyOf(values);
  }

  /** Creates a text with values. */
  public static Text of(Label pattern, Object... values) {
    return new Text(pattern, List.of(values));
  }

  /** The text in the terms of an API. */
  public Label in(Terms terms) {
    return values.isEmpty()
        ? pattern
        : new Label(
            format(pattern.fr(), Language.FR, terms), format(pattern.en(), Language.EN, terms));
  }

  private String format(String text, Language language, Terms terms) {
    return text.formatted(values.stream().map(value -> shown(value, language, terms)).toArray());
  }

  private static Object shown(Object value, Language language, Terms terms) {
    if (value instanceof See see) {
      return terms.address(see);
    }
    return value instanceof Label label ? label.in(language) : value;
  }
}
