package fr.opendamir.ingest;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the number of lines of a month with the months around it. It detects a file that was cut
 * exactly at the end of a line, which nothing in the file shows: monthly files do not state their
 * length.
 */
final class LineCheck {
  /** Maximum distance of compared months; the number of lines changes over years. */
  private static final long FAR = 6;

  private LineCheck() {}

  /**
   * Returns a warning if a month has less than half the mean number of lines of its neighbours.
   *
   * @param others lines by month; an earlier file of the same month counts as a neighbour
   */
  static Optional<String> warning(
      YearMonth month, long lines, Collection<Map.Entry<YearMonth, Long>> others) {
    double usual =
        others.stream()
            .filter(other -> Math.abs(ChronoUnit.MONTHS.between(month, other.getKey())) <= FAR)
            .mapToLong(Map.Entry::getValue)
            .average()
            .orElse(0);
    if (lines * 2 >= usual) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "it has %d lines where the months around it have %.0f in the mean: a file that was cut"
                + " off at the end of a line shows nothing else; compare its size with the"
                + " producer's",
            lines,
            usual));
  }
}
