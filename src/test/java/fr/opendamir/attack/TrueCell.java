package fr.opendamir.attack;

import java.util.List;

/**
 * A cell as the file has it.
 *
 * @param dimensions what it is a cell of
 * @param codes the code of each dimension
 * @param quantity the acts
 */
record TrueCell(List<String> dimensions, List<String> codes, long quantity) {
  private static final long LARGEST_SMALL = 10;

  TrueCell {
    dimensions = List.copyOf(dimensions);
    codes = List.copyOf(codes);
  }

  /** Whether the service promises to hide it. */
  boolean isSmall() {
    return isSmall(quantity);
  }

  static boolean isSmall(long quantity) {
    return quantity >= 1 && quantity <= LARGEST_SMALL;
  }

  String code(String dimension) {
    return codes.get(dimensions.indexOf(dimension));
  }
}
