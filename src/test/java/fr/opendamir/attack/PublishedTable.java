package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table as an attacker writes it down from one answer: what is shown, what is hidden, and the
 * codes along each side.
 */
final class PublishedTable {
  /** Documented: detail was given up, wholly or down to a group. */
  private static final String NOT_DISCLOSED = "ND";

  private static final String GROUP_PREFIX = "G:";

  private final List<String> levels;
  private final Map<List<String>, BigDecimal> shown = new HashMap<>();
  private final Set<List<String>> hidden = new HashSet<>();

  PublishedTable(Answer answer, List<String> levels, String measure) {
    this.levels = List.copyOf(levels);
    for (AnswerRow row : answer.rows()) {
      row.figure(measure)
          .ifPresentOrElse(
              figure -> shown.put(row.key(levels), figure), () -> hidden.add(row.key(levels)));
    }
  }

  static PublishedTable ask(AttackClient client, List<String> levels, String measure) {
    return new PublishedTable(client.ask(Question.of(levels).measures(measure)), levels, measure);
  }

  List<String> levels() {
    return levels;
  }

  Map<List<String>, BigDecimal> shown() {
    return shown;
  }

  /** The cells of which the answer says that they are there and too small. */
  Set<List<String>> hidden() {
    return hidden;
  }

  /** The codes along one side, those that were given up included. */
  List<String> codes(String level) {
    int side = levels.indexOf(level);
    Set<String> codes = new TreeSet<>();
    shown.keySet().forEach(key -> codes.add(key.get(side)));
    hidden.forEach(key -> codes.add(key.get(side)));
    return new ArrayList<>(codes);
  }

  /**
   * Whether some detail was given up. Then a cell that is absent may hold something; otherwise it
   * is empty.
   */
  boolean holdsNotDisclosed() {
    return shown.keySet().stream().anyMatch(key -> key.stream().anyMatch(c -> isNotDisclosed(c)))
        || hidden.stream().anyMatch(key -> key.stream().anyMatch(c -> isNotDisclosed(c)));
  }

  static boolean isNotDisclosed(String code) {
    return code.equals(NOT_DISCLOSED) || code.startsWith(GROUP_PREFIX);
  }
}
