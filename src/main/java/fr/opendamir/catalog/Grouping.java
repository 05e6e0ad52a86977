package fr.opendamir.catalog;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of levels by which figures are grouped within one month. The codes of a coarser level
 * follow from those of a finer one, so only the finest level of each dimension is listed. Months
 * are excluded.
 */
public final class Grouping {
  /**
   * Blocks that an engine of columns scans in the time in which PostgreSQL reads one row of a
   * rollup.
   */
  public static final long BLOCKS_PER_ROLLUP_ROW = 40;

  /** Rows of rollups that PostgreSQL reads in the time that any scan of columns takes. */
  public static final long ROLLUP_ROWS_PER_SCAN = 8_000;

  private final Set<Level> levels;

  /** One bit for each level whose codes follow from the grouping. */
  private final long covered;

  private Grouping(Set<Level> levels) {
    this.levels = Collections.unmodifiableSet(levels);
    this.covered = covered(levels);
  }

  /** Returns the smallest grouping that covers these levels. */
  public static Grouping of(Collection<Level> levels) {
    EnumSet<Level> finest = EnumSet.noneOf(Level.class);
    List<Level> stored = levels.stream().map(Level::stored).toList();
    for (Level level : stored) {
      boolean followsFromAnother =
          stored.stream().anyMatch(other -> other != level && covers(other, level));
      if (level.dimension() != Dimension.MONTH && !followsFromAnother) {
        finest.add(level);
      }
    }
    return new Grouping(finest);
  }

  /** Returns the grouping with that {@link #id}; empty if the id is not a list of levels. */
  public static Optional<Grouping> parse(String id) {
    List<Optional<Level>> levels =
        Stream.of(id.split(",", -1)).filter(name -> !name.isEmpty()).map(Level::find).toList();
    return levels.stream().allMatch(Optional::isPresent)
        ? Optional.of(of(levels.stream().flatMap(Optional::stream).toList()))
        : Optional.empty();
  }

  /** Every level that a grouping may contain: all except periods. */
  public static List<Level> possibleLevels() {
    return Arrays.stream(Level.values())
        .filter(level -> level.dimension() != Dimension.MONTH && level.stored() == level)
        .toList();
  }

  /** The finest levels, in the order of the catalog. */
  public Set<Level> levels() {
    return levels;
  }

  /** The identifier: the ids of its levels, comma-separated; empty for the grand total. */
  public String id() {
    return levels.stream().map(Level::id).collect(joining(","));
  }

  /** Whether the codes of a level follow from the rows of this grouping. */
  public boolean covers(Level level) {
    return level.dimension() == Dimension.MONTH || (covered & bit(level.stored())) != 0;
  }

  /** Whether this grouping covers every level that the other one covers. */
  public boolean covers(Grouping other) {
    return (other.covered & ~covered) == 0;
  }

  /** Levels of one dimension are declared finest first, and each one determines the next. */
  private static boolean covers(Level finer, Level coarser) {
    return finer.dimension() == coarser.dimension() && finer.compareTo(coarser) <= 0;
  }

  private static long covered(Set<Level> levels) {
    long covered = 0;
    for (Level level : possibleLevels()) {
      if (levels.stream().anyMatch(finer -> covers(finer, level))) {
        covered |= bit(level);
      }
    }
    return covered;
  }

  private static long bit(Level level) {
    return 1L << Arrays.asList(Level.values()).indexOf(level);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grouping grouping && levels.equals(grouping.levels);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(covered);
  }

  @Override
  public String toString() {
    return "Grouping[" + id() + "]";
  }
}
