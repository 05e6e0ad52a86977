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
 * Labels of a code list that tell its codes apart. Official lists give the same label to several
 * codes: there the label carries its code.
 */
final class UniqueLabels {
  private UniqueLabels() {}

  /**
   * The same codes in the same order, with labels of which no two are alike.
   *
   * @param others labels that stand among these in an answer, such as that of totals
   */
  static Map<String, Label> of(Map<String, Label> labels, Collection<Label> others) {
    Map<String, Integer> french = count(labels, others, Label::fr);
    Map<String, Integer> english = count(labels, others, Label::en);
    Map<String, Label> unique = new LinkedHashMap<>();
    labels.forEach(
        (code, label) ->
            unique.put(
                code, new Label(told(code, label.fr(), french), told(code, label.en(), english))));
    return unique;
  }

  /** Null stays null: a label that is not translated is shown in the other language. */
  private static String told(String code, String label, Map<String, Integer> counts) {
    return label != null && counts.get(key(label)) > 1 ? with(code, label) : label;
  }

  /** A label that carries its code. */
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

  /** Labels that differ by letter case only are alike to people. */
  private static String key(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
