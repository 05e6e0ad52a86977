package fr.opendamir.ingest.aggregate;

import java.util.List;

/**
 * One line of a raw file as the specification sees it, derived without the code under test.
 *
 * @param number line number in the file, the header being 1
 * @param codes its public codes, in the order of {@link SourceLines#DIMENSIONS}
 * @param sums acts, then cents, in the order of {@link SourceLines#MEASURES}
 */
record SourceLine(int number, List<String> codes, List<Long> sums) {
  private static final int SERVICE = SourceLines.DIMENSIONS.indexOf("service");

  String service() {
    return codes.get(SERVICE);
  }

  long quantity() {
    return sums.get(0);
  }
}
