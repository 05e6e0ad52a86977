package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.List;

/**
 * A block with the source lines that went into it.
 *
 * @param codes in the order of {@link SourceLines#DIMENSIONS}
 * @param persons contributors, counted in the lines
 */
record ReferenceBlock(List<String> codes, List<SourceLine> lines, Persons persons) {
  private static final List<String> ALL_NOT_DISCLOSED =
      SourceLines.DIMENSIONS.stream().map(dimension -> "ND").toList();

  ReferenceBlock(List<String> codes, List<SourceLine> lines) {
    this(codes, lines, Persons.in(lines));
  }

  /** Two sets under one key hold several of everything. */
  ReferenceBlock mergedWith(ReferenceBlock other) {
    List<SourceLine> all = new ArrayList<>(lines);
    all.addAll(other.lines);
    return new ReferenceBlock(ALL_NOT_DISCLOSED, all);
  }

  BlockFigures figures() {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < SourceLines.MEASURES.size(); i++) {
      int measure = i;
      sums.add(
          lines.stream().mapToLong(line -> line.sums().get(measure)).reduce(0, Math::addExact));
    }
    return new BlockFigures(codes, sums, persons.wholePersons());
  }

  /** Whether every code of the block is true of every line in it, if perhaps less detailed. */
  boolean describesItsLines() {
    return lines.stream().allMatch(this::describes);
  }

  private boolean describes(SourceLine line) {
    for (int i = 0; i < codes.size(); i++) {
      String code = codes.get(i);
      String detail = line.codes().get(i);
      if (!code.equals("ND")
          && !code.equals(detail)
          && !code.equals(ReferenceBlocks.group(SourceLines.DIMENSIONS.get(i), detail))) {
        return false;
      }
    }
    return true;
  }
}
