package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The order in which blocks join a remainder: those with acts, those that disclose least, then by
 * codes as the import orders them. It orders a dimension as numbers, words being less than every
 * number, unless the file holds any other code there.
 */
final class ReferenceOrder {
  private static final List<String> LAGS = List.of("6_11", "12_plus", "unknown");

  private final Set<Integer> wordDimensions;

  private ReferenceOrder(Set<Integer> wordDimensions) {
    this.wordDimensions = wordDimensions;
  }

  ReferenceOrder(List<SourceLine> lines) {
    this(new HashSet<>());
    for (int i = 1; i < SourceLines.DIMENSIONS.size(); i++) {
      int dimension = i;
      if (lines.stream().anyMatch(line -> isWord(line.codes().get(dimension)))) {
        wordDimensions.add(dimension);
      }
    }
  }

  /** The order of a revision, in which all codes are words. */
  static ReferenceOrder ofWords() {
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < SourceLines.DIMENSIONS.size(); i++) {
      all.add(i);
    }
    return new ReferenceOrder(all);
  }

  private static boolean isWord(String code) {
    return !code.equals("NR") && !code.matches("0|[1-9][0-9]{0,3}");
  }

  /**
   * Sorts blocks.
   *
   * @param joining the lines of a block that join
   */
  List<ReferenceBlock> sort(
      List<ReferenceBlock> blocks, Function<ReferenceBlock, List<SourceLine>> joining) {
    Comparator<ReferenceBlock> comparator =
        Comparator.comparing(
                (ReferenceBlock block) ->
                    joining.apply(block).stream().mapToLong(SourceLine::quantity).sum() == 0)
            .thenComparing(ReferenceOrder::disclosed);
    for (int i = 0; i < SourceLines.DIMENSIONS.size(); i++) {
      int dimension = i;
      comparator =
          wordDimensions.contains(i)
              ? comparator.thenComparing(block -> block.codes().get(dimension))
              : comparator.thenComparing(block -> number(dimension, block.codes().get(dimension)));
    }
    List<ReferenceBlock> sorted = new ArrayList<>(blocks);
    // Blocks of the same codes keep the order in which they were made.
    sorted.sort(comparator.thenComparing(block -> block.apart().orElse(ReferenceBlocks.MIXED)));
    return sorted;
  }

  private static long disclosed(ReferenceBlock block) {
    return block.codes().stream()
        .filter(code -> !code.equals("ND") && !code.startsWith("G:"))
        .count();
  }

  private static int number(int dimension, String code) {
    if (code.equals("NR")) {
      return -1;
    }
    if (code.equals("ND")) {
      return -2;
    }
    if (code.startsWith("G:")) {
      String name = SourceLines.DIMENSIONS.get(dimension);
      return -10 - ReferenceCodes.listedGroups(name).indexOf(code);
    }
    return LAGS.contains(code) ? -10 - LAGS.indexOf(code) : Integer.parseInt(code);
  }
}
