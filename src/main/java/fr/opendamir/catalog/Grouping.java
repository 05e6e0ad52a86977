package fr.opendamir.catalog;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

  private static final List<Level> POSSIBLE_LEVELS =
      Arrays.stream(Level.values())
          .filter(level -> level.dimension() != Dimension.MONTH && level.stored() == level)
          .toList();

  /** By level, the coarser levels whose codes follow from its codes. */
  private static final Map<Level, Set<Level>> COARSER = new EnumMap<>(Level.class);

  static {
    for (Level level : POSSIBLE_LEVELS) {
      Set<Level> coarser = EnumSet.noneOf(Level.class);
      for (Level other : POSSIBLE_LEVELS) {
        // Levels of one dimension are declared finest first, and each one determines the next.
        if (other.dimension() == level.dimension() && other.compareTo(level) > 0) {
          coarser.add(other);
        }
      }
      COARSER.put(level, coarser);
    }
  }

  private final Set<Level> levels;

  /** The possible levels whose codes follow from the grouping. */
  private final Set<Level> covered;

  private final int hash;

  private Grouping(EnumSet<Level> levels) {
    this.levels = Collections.unmodifiableSet(levels);
    this.covered = EnumSet.copyOf(levels);
    levels.forEach(level -> covered.addAll(COARSER.get(level)));
    this.hash = id().hashCode(); // that of enums differs from process to process
  }

  /** Returns the smallest grouping that covers these levels. */
  public static Grouping of(Collection<Level> levels) {
    EnumSet<Level> finest = EnumSet.noneOf(Level.class);
    for (Level level : levels) {
      if (level.dimension() != Dimension.MONTH) {
        finest.add(level.stored());
      }
    }
    for (Level level : EnumSet.copyOf(finest)) {
      finest.removeAll(COARSER.get(level));
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
    return POSSIBLE_LEVELS;
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
    return level.dimension() == Dimension.MONTH || covered.contains(level.stored());
  }

  /** Whether this grouping covers every level that the other one covers. */
  public boolean covers(Grouping other) {
    return covered.containsAll(other.covered);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grouping grouping && levels.equals(grouping.levels);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "Grouping[" + id() + "]";
  }
}
