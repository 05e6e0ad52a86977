package fr.opendamir.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A language of labels and messages. French is the official one and the default. */
public enum Language {
  FR,
  EN;

  private static final Pattern TAG = Pattern.compile("([A-Za-z]{2,3})([-_][A-Za-z0-9]{1,8})*");

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The identifier used in parameters. */
  public String id() {
    return id;
  }

  /**
   * Returns the language of a tag, by its primary subtag: {@code en}, {@code en-GB}, {@code fr_FR}.
   */
  public static Optional<Language> find(String tag) {
    Matcher matcher = TAG.matcher(tag);
    return matcher.matches()
        ? Arrays.stream(values())
            .filter(language -> language.id().equalsIgnoreCase(matcher.group(1)))
            .findFirst()
        : Optional.empty();
  }
}
