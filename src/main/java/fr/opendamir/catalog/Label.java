package fr.opendamir.catalog;

import java.util.Objects;

/**
 * A text in French and English.
 *
 * @param en null if there is no translation
 */
public record Label(String fr, String en) {
  /** Suffix of a French text shown where English was requested, in every format. */
  public static final String IN_FRENCH = " [fr]";

  public Label {
    Objects.requireNonNull(fr);
  }

  /**
   * The text in a language. A text without a translation is French and marked with {@link
   * #IN_FRENCH}.
   */
  public String in(Language language) {
    if (language == Language.FR) {
      return fr;
    }
    return en == null ? fr + IN_FRENCH : en;
  }
}
