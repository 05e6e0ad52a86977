package fr.opendamir.ingest.aggregate;

import java.util.List;
import java.util.Set;

/**
 * One line of a raw file as the specification sees it, derived without the code under test; or the
 * change of the lines of two files that have the same codes and components.
 *
 * @param number line number in the file, the header being 1
 * @param codes public codes, in the order of {@link SourceLines#DIMENSIONS}
 * @param sums acts, then cents, in the order of {@link SourceLines#MEASURES}
 * @param count trips, stays or payments
 * @param bare how many lines without quantity this is: 1 or 0 for a line of a file
 * @param components the components of its amounts that are not zero
 * @param changed for a change, the lines of both files
 */
record SourceLine(
    int number,
    List<String> codes,
    List<Long> sums,
    long count,
    long bare,
    Set<LineLayer> components,
    List<SourceLine> changed) {
  private static final int SERVICE = SourceLines.DIMENSIONS.indexOf("service");
  private static final int CARE_LAG = SourceLines.DIMENSIONS.indexOf("care_lag");
  private static final int EXEMPTION = SourceLines.DIMENSIONS.indexOf("exemption");

  SourceLine {
    codes = List.copyOf(codes);
    sums = List.copyOf(sums);
  }

  /** A line of a file. */
  static SourceLine of(int number, List<String> codes, List<Long> sums, long count) {
    SourceLine line =
        new SourceLine(number, codes, sums, count, sums.get(0) == 0 ? 1 : 0, Set.of(), List.of());
    return new SourceLine(number, codes, sums, count, line.bare(), LineLayer.of(line), List.of());
  }

  /** The same, where its lines without quantity may be lines that went. */
  SourceLine withoutItsBareLines() {
    return new SourceLine(number, codes, sums, count, -bare, components, changed);
  }

  String service() {
    return codes.get(SERVICE);
  }

  String careLag() {
    return codes.get(CARE_LAG);
  }

  String exemption() {
    return codes.get(EXEMPTION);
  }

  long quantity() {
    return sums.get(0);
  }

  long charged() {
    return sums.get(1);
  }

  long reimbursed() {
    return sums.get(2);
  }

  long excessFees() {
    return sums.get(3);
  }

  long base() {
    return sums.get(4);
  }

  long reimbursedAll() {
    return sums.get(5);
  }

  /** The lines of files behind this one. */
  List<SourceLine> linesOfFiles() {
    return changed.isEmpty() ? List.of(this) : changed;
  }
}
