package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Estimates the number of rows of a month by each grouping, from a sample of its blocks.
 *
 * <p>The number of distinct rows grows as a power of the number of blocks (Heaps' law): with {@code
 * h} distinct rows in the first half of the sample and {@code d} in all of it, the exponent is
 * {@code log2(d / h)}. On generated months this is 4 to 25 % above the true number, while
 * estimators from rows seen once (Haas and Stokes 1998) are 26 to 52 % below. Rows are identified
 * by sums of random numbers, one for each code, so a grouping costs one addition and one bit per
 * block more than the grouping with one level less.
 */
public final class GroupingSizes {
  /** A grouping of more than this share of the blocks saves too little to be worth storing. */
  private static final double LARGEST_SHARE = 0.25;

  /** Large enough that few rows of a sample share a bit. */
  private static final int BITS = 1 << 19;

  private final BlockSample sample;
  private final List<Level> levels = Grouping.possibleLevels();
  private final Map<Grouping, Long> rows = new ConcurrentHashMap<>();

  /** The random numbers of the codes of each block of the sample, by level. */
  private final Map<Level, long[]> numbers = new EnumMap<>(Level.class);

  private GroupingSizes(BlockSample sample) {
    this.sample = sample;
    for (Level level : levels) {
      numbers.put(
          level,
          Arrays.stream(sample.codes().get(level))
              .mapToLong(code -> random(level, code))
              .toArray());
    }
  }

  /**
   * Estimates the rows by grouping. Groupings with more levels than a question has are omitted if
   * they, or a grouping they extend, have more than a quarter as many rows as there are blocks.
   */
  public static Map<Grouping, Long> estimate(BlockSample sample) {
    GroupingSizes sizes = new GroupingSizes(sample);
    sizes.rows.put(Grouping.of(List.of()), Math.min(1, sample.blocks()));
    if (sample.blocks() > 0) {
      sizes.levels.parallelStream().forEach(first -> sizes.new Walk().from(first));
    }
    return sizes.rows;
  }

  /** A walk through all groupings that begin with one level, with its own buffers. */
  private final class Walk {
    private final long[] seen = new long[BITS / Long.SIZE];
    private final List<Level> path = new ArrayList<>();

    void from(Level first) {
      add(first, new long[sample.size()]);
    }

    private void add(Level level, long[] sums) {
      long[] added = numbers.get(level);
      long[] extended = new long[sums.length];
      for (int i = 0; i < sums.length; i++) {
        extended[i] = sums[i] + added[i];
      }
      path.add(level);
      long estimate = estimateRows(extended);
      rows.put(Grouping.of(path), estimate);
      if (path.size() < QuestionSpace.MOST_LEVELS || estimate <= LARGEST_SHARE * sample.blocks()) {
        for (Level next : levels.subList(levels.indexOf(level) + 1, levels.size())) {
          if (!has(next.dimension())) {
            add(next, extended);
          }
        }
      }
      path.remove(path.size() - 1);
    }

    private boolean has(Dimension dimension) {
      for (Level level : path) {
        if (level.dimension() == dimension) {
          return true;
        }
      }
      return false;
    }

    private long estimateRows(long[] sums) {
      Arrays.fill(seen, 0);
      int half = sums.length / 2;
      double inHalf = see(sums, 0, half);
      double inAll = inHalf + see(sums, half, sums.length);
      double exponent = half == 0 ? 1 : Math.log(inAll / inHalf) / Math.log(2);
      double estimate = inAll * Math.pow((double) sample.blocks() / sums.length, exponent);
      return Math.max(1, Math.round(Math.min(estimate, (double) sample.blocks())));
    }

    /** Returns how many of these sums were not seen before. */
    private int see(long[] sums, int from, int to) {
      int added = 0;
      for (int i = from; i < to; i++) {
        long mixed = mix(sums[i]);
        int word = (int) (mixed >>> 6) & (seen.length - 1);
        long before = seen[word];
        long after = before | 1L << mixed;
        added += before == after ? 0 : 1;
        seen[word] = after;
      }
      return added;
    }
  }

  private static long random(Level level, int code) {
    return mix(((long) level.id().hashCode() << 32) ^ (code & 0xffffffffL));
  }

  /** The finalizer of SplitMix64: each input bit changes about half of the output bits. */
  private static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
