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
 * A set of levels that figures are grouped by within one month. A finer level tells the coarser
 * ones of its dimension, so that only the finest of each dimension is held; months are left out.
 */
public final class Grouping {
  private final Set<Level> levels;
  private final long told;

  private Grouping(Set<Level> levels) {
    this.levels = Collections.unmodifiableSet(levels);
    this.told = told(levels);
  }

  /** The grouping that tells these levels. */
  public static Grouping of(Collection<Level> levels) {
    EnumSet<Level> finest = EnumSet.noneOf(Level.class);
    for (Level level : levels) {
      boolean isToldByAnother =
          levels.stream().anyMatch(other -> other != level && tells(other, level));
      if (level.dimension() != Dimension.MONTH && !isToldByAnother) {
        finest.add(level);
      }
    }
    return new Grouping(finest);
  }

  /** The grouping of that {@link #id}; empty where it names no levels. */
  public static Optional<Grouping> parse(String id) {
    List<Optional<Level>> levels =
        Stream.of(id.split(",", -1)).filter(name -> !name.isEmpty()).map(Level::find).toList();
    return levels.stream().allMatch(Optional::isPresent)
        ? Optional.of(of(levels.stream().flatMap(Optional::stream).toList()))
        : Optional.empty();
  }

  /** Every level but those of the month, which is what a grouping may hold. */
  public static List<Level> possibleLevels() {
    return Arrays.stream(Level.values())
        .filter(level -> level.dimension() != Dimension.MONTH)
        .toList();
  }

  /** The finest levels, in the order of the catalog. */
  public Set<Level> levels() {
    return levels;
  }

  /** Its identifier: the ids of its levels, comma-separated; empty for the grand total. */
  public String id() {
    return levels.stream().map(Level::id).collect(joining(","));
  }

  /** Whether the codes of a level can be told from its rows. */
  public boolean tells(Level level) {
    return level.dimension() == Dimension.MONTH || (told & bit(level)) != 0;
  }

  /** Whether everything that the other one tells can be told from its rows. */
  public boolean covers(Grouping other) {
    return (other.told & ~told) == 0;
  }

  /** Levels of one dimension are declared finest first, each telling the next. */
  private static boolean tells(Level finer, Level coarser) {
    return finer.dimension() == coarser.dimension() && finer.compareTo(coarser) <= 0;
  }

  private static long told(Set<Level> levels) {
    long told = 0;
    for (Level level : possibleLevels()) {
      if (levels.stream().anyMatch(finer -> tells(finer, level))) {
        told |= bit(level);
      }
    }
    return told;
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
    return Long.hashCode(told);
  }

  @Override
  public String toString() {
    return "Grouping[" + id() + "]";
  }
}
