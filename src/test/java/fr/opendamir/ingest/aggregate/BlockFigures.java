package fr.opendamir.ingest.aggregate;

import java.util.List;

/**
 * What is published of a block.
 *
 * @param codes in the order of {@link SourceLines#DIMENSIONS}
 * @param sums in the order of {@link SourceLines#MEASURES}
 * @param contributors rounded down
 */
record BlockFigures(List<String> codes, List<Long> sums, long contributors) {
  BlockFigures {
    codes = List.copyOf(codes);
    sums = List.copyOf(sums);
  }
}
