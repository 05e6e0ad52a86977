package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.util.EnumMap;
import java.util.Map;

/**
 * The six measures of all lines, added up from the text of each field, digit by digit, apart from
 * the numbers that become atoms. If the two readings of one number ever differed, the totals would.
 */
final class ControlTotals {
  private final int[] decimals;
  private final long[] sums;
  private final char mark;

  ControlTotals(char mark) {
    this.mark = mark;
    SourceMeasure[] measures = SourceMeasure.values();
    decimals = new int[measures.length];
    for (int i = 0; i < measures.length; i++) {
      decimals[i] = measures[i].decimals();
    }
    sums = new long[measures.length];
  }

  /**
   * Adds a field that was found to be a number.
   *
   * @throws ArithmeticException if a total does not fit 64 bits
   */
  void add(int measure, byte[] text, int from, int to) {
    sums[measure] =
        Math.addExact(sums[measure], NumberField.parse(text, from, to, decimals[measure], mark));
  }

  Map<SourceMeasure, Long> totals() {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    SourceMeasure[] measures = SourceMeasure.values();
    for (int i = 0; i < measures.length; i++) {
      totals.put(measures[i], sums[i]);
    }
    return totals;
  }
}
