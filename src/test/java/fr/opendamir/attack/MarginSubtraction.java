package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fills the holes of a table: in every line of it along every side, what the margin has more than
 * the cells that are shown belongs to the cell that is not, if there is one. A cell found that way
 * is known from then on, and the next line may have one hole less.
 */
final class MarginSubtraction {
  private static final int ROUNDS = 10;

  private final Function<List<String>, PublishedTable> ask;
  private final boolean notDisclosedIsASibling;
  private final PublishedTable table;
  private final Map<List<String>, BigDecimal> known = new HashMap<>();
  private final Set<List<String>> holes = new HashSet<>();
  private final List<Map<List<String>, BigDecimal>> margins = new ArrayList<>();
  private final List<Map<List<String>, BigDecimal>> shownOfLine = new ArrayList<>();
  private final List<Map<List<String>, Integer>> holesOfLine = new ArrayList<>();

  /**
   * A table to be filled.
   *
   * @param notDisclosedIsASibling whether what was given up is taken for a cell of its own, or for
   *     what the holes must share
   */
  MarginSubtraction(
      AttackClient client, List<String> levels, String measure, boolean notDisclosedIsASibling) {
    this(levels, asked -> PublishedTable.ask(client, asked, measure), notDisclosedIsASibling);
  }

  /**
   * A table to be filled, whose figures are found in another way.
   *
   * @param ask finds the table by some levels
   */
  MarginSubtraction(
      List<String> levels,
      Function<List<String>, PublishedTable> ask,
      boolean notDisclosedIsASibling) {
    this.ask = ask;
    this.notDisclosedIsASibling = notDisclosedIsASibling;
    this.table = ask.apply(levels);
    this.holes.addAll(table.hidden());
    for (int side = 0; side < levels.size(); side++) {
      margins.add(margin(levels.get(side)));
    }
    known.putAll(table.shown());
    fill();
  }

  /** What the cell would hold if it were the only hole of one of its lines; nothing if shown. */
  Optional<BigDecimal> estimate(List<String> cell) {
    if (known.containsKey(cell) && table.hidden().contains(cell)) {
      return Optional.of(known.get(cell));
    }
    if (known.containsKey(cell)) {
      return Optional.empty();
    }
    for (int side = 0; side < table.levels().size(); side++) {
      Optional<BigDecimal> rest = rest(cell, side);
      // Nothing left in one direction says only that it is not there that the cell's acts are.
      if (rest.isPresent() && rest.get().signum() != 0) {
        return rest;
      }
    }
    return Optional.empty();
  }

  private Map<List<String>, BigDecimal> margin(String leftOut) {
    List<String> others = new ArrayList<>(table.levels());
    others.remove(leftOut);
    return ask.apply(others).shown();
  }

  private void fill() {
    boolean found = true;
    for (int round = 0; found && round < ROUNDS; round++) {
      found = false;
      addUp();
      for (List<String> hole : List.copyOf(holes)) {
        for (int side = 0; side < table.levels().size() && holes.contains(hole); side++) {
          Optional<BigDecimal> rest = rest(hole, side);
          if (rest.isPresent()) {
            known.put(hole, rest.get());
            holes.remove(hole);
            found = true;
          }
        }
      }
    }
    addUp();
  }

  private Optional<BigDecimal> rest(List<String> cell, int side) {
    List<String> line = without(cell, side);
    BigDecimal margin = margins.get(side).get(line);
    int others = holesOfLine.get(side).getOrDefault(line, 0) - (holes.contains(cell) ? 1 : 0);
    return margin == null || others > 0
        ? Optional.empty()
        : Optional.of(margin.subtract(shownOfLine.get(side).getOrDefault(line, BigDecimal.ZERO)));
  }

  /**
   * Sums of lines; a line's figures do not change within a round, so that order does not matter.
   */
  private void addUp() {
    shownOfLine.clear();
    holesOfLine.clear();
    for (int side = 0; side < table.levels().size(); side++) {
      Map<List<String>, BigDecimal> sums = new HashMap<>();
      Map<List<String>, Integer> counts = new HashMap<>();
      for (Map.Entry<List<String>, BigDecimal> cell : known.entrySet()) {
        if (notDisclosedIsASibling || !PublishedTable.isNotDisclosed(cell.getKey().get(side))) {
          sums.merge(without(cell.getKey(), side), cell.getValue(), BigDecimal::add);
        }
      }
      for (List<String> hole : holes) {
        counts.merge(without(hole, side), 1, Integer::sum);
      }
      shownOfLine.add(sums);
      holesOfLine.add(counts);
    }
  }

  private static List<String> without(List<String> cell, int side) {
    List<String> line = new ArrayList<>(cell);
    var unused = line.remove(side);
    return line;
  }
}
