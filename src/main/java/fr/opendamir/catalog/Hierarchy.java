package fr.opendamir.catalog;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The code of each coarser level that contains a code of a dimension. Levels form a chain: a code
 * belongs to one code of the next coarser level, which belongs to one of the level after it.
 * Periods follow the calendar; all other levels are read from {@code hierarchy.csv}.
 */
final class Hierarchy {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,8}");

  private record Range(int first, int last, String parent) {}

  /** The parent of each code of one level: the code of the next coarser level that contains it. */
  private static final class Parents {
    private final Map<String, String> byCode = new HashMap<>();
    private final NavigableMap<Integer, Range> byFirst = new TreeMap<>();
    private String ofOthers;

    void add(String first, String last, String parent) {
      if (first.isEmpty()) {
        ofOthers = parent;
      } else if (last.isEmpty()) {
        byCode.put(first, parent);
      } else {
        Range range = new Range(Integer.parseInt(first), Integer.parseInt(last), parent);
        byFirst.put(range.first(), range);
      }
    }

    /**
     * Returns the parent of a code. A code that is not a number as the files write it is in no
     * range.
     */
    String of(String code) {
      String listed = byCode.get(code);
      if (listed != null) {
        return listed;
      }
      if (code.equals(ReservedCodes.NOT_FILLED)) {
        return code;
      }
      return NUMBER.matcher(code).matches() ? ofNumber(Integer.parseInt(code)) : ofOthers;
    }

    private String ofNumber(int number) {
      return Optional.ofNullable(byFirst.floorEntry(number))
          .map(Map.Entry::getValue)
          .filter(range -> number <= range.last())
          .map(Range::parent)
          .orElse(ofOthers);
    }

    List<String> all() {
      List<String> all = new ArrayList<>(byCode.values());
      byFirst.values().forEach(range -> all.add(range.parent()));
      all.add(ofOthers);
      return all;
    }
  }

  private final Map<Level, Parents> parents = new EnumMap<>(Level.class);

  /** For each level, the coarser levels of its dimension up to and including it. */
  private final Map<Level, List<Level>> chains = new EnumMap<>(Level.class);

  /**
   * Reads a hierarchy.
   *
   * @param rows {@code level}, {@code first}, {@code last}, {@code parent}: codes first to last of
   *     the next finer level belong to the parent; without last only first does; without both,
   *     every remaining code does
   */
  Hierarchy(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      Level level = Level.find(row.get("level")).orElseThrow();
      parents
          .computeIfAbsent(level, l -> new Parents())
          .add(row.get("first"), row.get("last"), row.get("parent"));
    }
    for (Level level : Level.values()) {
      boolean isListed = parents.containsKey(level);
      boolean hasRows = !level.isFinest() && level.periodForm().isEmpty();
      if (isListed != hasRows || (isListed && parents.get(level).ofOthers == null)) {
        throw new IllegalStateException("hierarchy.csv has wrong or incomplete rows of " + level);
      }
      List<Level> coarser = Level.coarserOf(level.dimension());
      if (level.isGroup() && coarser.indexOf(level) > 0) {
        throw new IllegalStateException(
            "codes of G:<code> would have none at a level below " + level);
      }
      chains.put(level, coarser.subList(0, coarser.indexOf(level) + 1));
    }
  }

  /**
   * Every code of a coarser level that contains at least one code; empty for finest levels and
   * periods.
   */
  List<String> parents(Level level) {
    return parents.containsKey(level) ? parents.get(level).all() : List.of();
  }

  /** See {@link Catalog#coarser}. */
  String coarser(Level level, String code) {
    if (level.isFinest() || code.equals(ReservedCodes.NOT_DISCLOSED)) {
      return code;
    }
    if (level.dimension() == Dimension.MONTH) {
      return CarePeriods.period(level, YearMonth.parse(code));
    }
    if (level.isCarePeriod()) {
      throw new IllegalArgumentException(level + " needs the month of processing too");
    }
    Optional<String> group = ReservedCodes.group(code);
    List<Level> chain = chains.get(level);
    String found = group.orElse(code);
    for (int i = group.isPresent() ? 1 : 0; i < chain.size(); i++) {
      found = parents.get(chain.get(i)).of(found);
    }
    return found;
  }
}
