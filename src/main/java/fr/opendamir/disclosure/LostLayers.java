package fr.opendamir.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Finds the layers that blocks lose: those that have too few contributors, and those with which an
 * amount or a difference of amounts has too few. Reads the rows of the blocks; most blocks have the
 * same layers in all rows and lose none.
 */
public final class LostLayers {
  private static final int FIRST_CAPACITY = 64;

  /**
   * A row of a block.
   *
   * @param service any number that names the service
   * @param pattern the bits of its layers
   * @param unitsOfActs contributors by the quantity, see {@link ContributorWeights}
   * @param unitsOfCounts contributors by the count of payments
   * @param bare lines without quantity
   */
  public record Row(
      long block, int service, long pattern, long unitsOfActs, long unitsOfCounts, long bare) {}

  /** The bits of the layers that a block loses. */
  public record Lost(long block, long layers) {}

  private final ContributorWeights weights;
  private final long[] counted;
  private final boolean isRevision;
  private final List<Lost> lost = new ArrayList<>();

  private long block;
  private int rows;
  private long common = -1;
  private long all;
  private int[] services = new int[FIRST_CAPACITY];
  private long[] patterns = new long[FIRST_CAPACITY];
  private long[] unitsOfActs = new long[FIRST_CAPACITY];
  private long[] unitsOfCounts = new long[FIRST_CAPACITY];
  private long[] bare = new long[FIRST_CAPACITY];

  /**
   * Prepares the search.
   *
   * @param isRevision whether the blocks are of a change, in which every layer and sum counts
   */
  public LostLayers(DisclosurePolicy policy, ContributorWeights weights, boolean isRevision) {
    this.weights = weights;
    this.counted =
        LongStream.concat(
                layers(policy.components()).stream().mapToLong(Layer::bit),
                sums(policy.components()).stream().mapToLong(Long::longValue))
            .distinct()
            .toArray();
    this.isRevision = isRevision;
  }

  /** The layers that must be safe by themselves. */
  static List<Layer> layers(Set<Component> components) {
    return Layer.ALL.stream().filter(layer -> components.contains(layer.component())).toList();
  }

  /**
   * The bits of the layers of the amounts, and of the differences of amounts, that must be safe.
   */
  static List<Long> sums(Set<Component> components) {
    List<Layer> layers = layers(components);
    long ofPolicy = layers.stream().mapToLong(Layer::bit).sum();
    // Where nothing is negative, a sum has at least what its layers have.
    return layers.stream().anyMatch(Layer::negative)
        ? Layer.sums().stream().map(bits -> bits & ofPolicy).toList()
        : List.of();
  }

  /** Adds a row. Rows come block by block, and in a block service by service. */
  public void add(Row row) {
    if (row.block != block) {
      endBlock();
      block = row.block;
    }
    if (rows == services.length) {
      grow();
    }
    services[rows] = row.service;
    patterns[rows] = row.pattern;
    unitsOfActs[rows] = row.unitsOfActs;
    unitsOfCounts[rows] = row.unitsOfCounts;
    bare[rows] = row.bare;
    common &= row.pattern;
    all |= row.pattern;
    rows++;
  }

  private void grow() {
    int capacity = 2 * rows;
    services = Arrays.copyOf(services, capacity);
    patterns = Arrays.copyOf(patterns, capacity);
    unitsOfActs = Arrays.copyOf(unitsOfActs, capacity);
    unitsOfCounts = Arrays.copyOf(unitsOfCounts, capacity);
    bare = Arrays.copyOf(bare, capacity);
  }

  /** Returns the blocks that lose layers, after all rows. */
  public List<Lost> found() {
    endBlock();
    return List.copyOf(lost);
  }

  private void endBlock() {
    long layers = 0;
    for (long bits : counted) {
      if (mayBeFew(bits) && units(bits) < weights.threshold()) {
        layers |= lostWith(bits);
      }
    }
    if (layers != 0) {
      lost.add(new Lost(block, layers));
    }
    rows = 0;
    common = -1;
    all = 0;
  }

  /**
   * Whether some rows show these layers. The contributors of what all rows have are those of the
   * block, and a sum without reversals has at least what its layers have.
   */
  private boolean mayBeFew(long bits) {
    if (isRevision) {
      return (all & bits) != 0;
    }
    boolean isMixed = (all & ~common & bits) != 0;
    return isMixed && (isLayer(bits) || (all & bits & Layer.NEGATIVE) != 0);
  }

  private long lostWith(long bits) {
    // Without its reversals a sum has what its other layers have.
    return isRevision || isLayer(bits) ? bits : bits & Layer.NEGATIVE;
  }

  private static boolean isLayer(long bits) {
    return Long.bitCount(bits) == 1;
  }

  /** The contributors, in units, of the rows that show some of these layers. */
  private long units(long bits) {
    long sum = 0;
    long largest = 0;
    long lines = 0;
    int row = 0;
    while (row < rows) {
      int service = services[row];
      long ofActs = 0;
      long ofCounts = 0;
      for (; row < rows && services[row] == service; row++) {
        if ((patterns[row] & bits) != 0) {
          ofActs = Math.addExact(ofActs, unitsOfActs[row]);
          ofCounts = Math.addExact(ofCounts, unitsOfCounts[row]);
          lines = Math.addExact(lines, bare[row]);
        }
      }
      long units = Math.min(Math.abs(ofActs), Math.abs(ofCounts));
      sum = Math.addExact(sum, units);
      largest = Math.max(largest, units);
    }
    return weights.units(sum, largest, lines);
  }
}
