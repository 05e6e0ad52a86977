package fr.opendamir.catalog;

import java.util.Objects;

/** A text in both languages; where no translation exists both are the official French one. */
public record Label(String fr, String en) {
  public Label {
    Objects.requireNonNull(fr);
    Objects.requireNonNull(en);
  }

  public String in(Language language) {
    return language == Language.EN ? en : fr;
  }
}
