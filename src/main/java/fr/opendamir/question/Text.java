package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import java.util.List;

/**
 * A text for clients, before a door puts in its own words.
 *
 * @param pattern of {@link String#format}, unless there are no values
 * @param values strings and numbers; a {@link Label} gives its text in the language, and {@link
 *     See} its address
 */
public record Text(Label pattern, List<Object> values) {
  public Text {
    values = List.copyOf(values);
  }

  /** A text with values. */
  public static Text of(Label pattern, Object... values) {
    return new Text(pattern, List.of(values));
  }

  /** The text in the words of a door. */
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
