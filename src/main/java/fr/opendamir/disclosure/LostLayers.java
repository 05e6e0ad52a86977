package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Finds the layers that blocks lose: those that have too few contributors, and those with which an
 * amount or a difference of amounts has too few. Most blocks have the same layers in all rows and
 * lose none.
 */
public final class LostLayers {
  private final ContributorWeights weights;
  private final ServiceWeights services;
  private final long[] counted;
  private final boolean isRevision;

  /**
   * Prepares the search.
   *
   * @param isRevision whether the blocks are of a change, in which every layer and sum counts
   */
  public LostLayers(
      DisclosurePolicy policy,
      ContributorWeights weights,
      ServiceWeights services,
      boolean isRevision) {
    this.weights = weights;
    this.services = services;
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

  /**
   * Renders VALUES of the layers that must be safe by themselves, after (-1, 0) for none, and of
   * the sums of them, with index -1: index and bits.
   */
  static String counted(Set<Component> components) {
    return Stream.of(
            Stream.of("(-1, 0)"),
            layers(components).stream().map(p -> "(%d, %d)".formatted(p.index(), p.bit())),
            sums(components).stream().map("(-1, %d)"::formatted))
        .flatMap(values -> values)
        .collect(joining(", "));
  }

  /** Returns the bits of the layers that a block of these rows loses. */
  long of(RowSums rows) {
    long common = -1;
    long all = 0;
    for (int row = 0; row < rows.size(); row++) {
      common &= RowSums.pattern(rows.kind(row));
      all |= RowSums.pattern(rows.kind(row));
    }
    long layers = 0;
    for (long bits : counted) {
      if (mayBeFew(bits, common, all) && units(rows, bits) < weights.threshold()) {
        layers |= lostWith(bits);
      }
    }
    return layers;
  }

  /**
   * Whether some rows show these layers. The contributors of what all rows have are those of the
   * block, and a sum without reversals has at least what its layers have.
   */
  private boolean mayBeFew(long bits, long common, long all) {
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
  private long units(RowSums rows, long bits) {
    long sum = 0;
    long largest = 0;
    long lines = 0;
    int row = 0;
    while (row < rows.size()) {
      int service = RowSums.service(rows.kind(row));
      long acts = 0;
      long payments = 0;
      for (; row < rows.size() && RowSums.service(rows.kind(row)) == service; row++) {
        if ((rows.kind(row) & bits) != 0) {
          acts = Math.addExact(acts, rows.sum(row, StageAtoms.ACTS));
          payments = Math.addExact(payments, rows.sum(row, StageAtoms.COUNTED));
          lines = Math.addExact(lines, rows.sum(row, StageAtoms.BARE));
        }
      }
      long units = services.units(service, acts, payments);
      sum = Math.addExact(sum, units);
      largest = Math.max(largest, units);
    }
    return weights.units(sum, largest, lines);
  }
}
