package fr.opendamir.catalog;

import java.util.Objects;

/**
 * A text in both languages.
 *
 * @param en null where there is no translation
 */
public record Label(String fr, String en) {
  /** Ends a French text that stands where an English one was asked for, in every format. */
  public static final String IN_FRENCH = " [fr]";

  public Label {
    Objects.requireNonNull(fr);
  }

  /** The text in a language; one without a translation says that it is French. */
  public String in(Language language) {
    if (language == Language.FR) {
      return fr;
    }
    return en == null ? fr + IN_FRENCH : en;
  }
}
