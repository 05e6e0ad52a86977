package fr.opendamir.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Labels that are unique within a code list. Official lists give the same label to several codes;
 * those labels get their code appended.
 */
final class UniqueLabels {
  private UniqueLabels() {}

  /**
   * Returns the same codes in the same order, with unique labels.
   *
   * @param others labels that appear with these in an answer, such as the label of totals
   */
  static Map<String, Label> of(Map<String, Label> labels, Collection<Label> others) {
    Map<String, Integer> french = count(labels, others, Label::fr);
    Map<String, Integer> english = count(labels, others, Label::en);
    Map<String, Label> unique = new LinkedHashMap<>();
    labels.forEach(
        (code, label) ->
            unique.put(
                code,
                new Label(
                    distinct(code, label.fr(), french), distinct(code, label.en(), english))));
    return unique;
  }

  /** Null stays null: a label without a translation is shown in the other language. */
  private static String distinct(String code, String label, Map<String, Integer> counts) {
    return label != null && counts.get(key(label)) > 1 ? with(code, label) : label;
  }

  /** Appends its code to a label. */
  static String with(String code, String label) {
    return label + " (" + code + ")";
  }

  private static Map<String, Integer> count(
      Map<String, Label> labels, Collection<Label> others, Function<Label, String> text) {
    Map<String, Integer> counts = new HashMap<>();
    Stream.concat(labels.values().stream(), others.stream())
        .map(text)
        .filter(Objects::nonNull)
        .forEach(label -> counts.merge(key(label), 1, Integer::sum));
    return counts;
  }

  /** Labels that differ only in case look the same to people. */
  private static String key(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
