package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceLayout;
import java.time.YearMonth;
import java.util.Objects;

/**
 * What to generate: a processing month, its number of lines, the seed of all draws and the columns.
 * Equal values give equal text, whatever the number of threads.
 *
 * @param month processing month, January 2009 to December 2099
 * @param lines number of data lines, 1 to {@value #MAX_LINES}; a real month has 35 to 39 million
 * @param seed any number; another seed gives another file with the same shares
 * @param layout columns of the file: those with zones for months until 2014, others after them
 */
public record SyntheticMonth(YearMonth month, long lines, long seed, SourceLayout layout) {

  /** More lines would need a set of keys beyond what one array holds. */
  static final long MAX_LINES = 500_000_000L;

  private static final YearMonth FIRST = YearMonth.of(2009, 1);
  private static final YearMonth LAST = YearMonth.of(2099, 12);

  /**
   * @throws IllegalArgumentException if the month or the number of lines is out of range, or the
   *     layout is not of the month
   */
  public SyntheticMonth {
    Objects.requireNonNull(month, "month");
    Objects.requireNonNull(layout, "layout");
    if (month.isBefore(FIRST) || month.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "month must be from " + FIRST + " to " + LAST + ", not " + month);
    }
    if (!layout.isOf(month)) {
      throw new IllegalArgumentException(
          "files until 2014 have zones ("
              + SourceLayout.ZONES_55
              + "), later ones regions, not "
              + layout
              + " in "
              + month);
    }
    if (lines < 1 || lines > MAX_LINES) {
      throw new IllegalArgumentException("lines must be from 1 to " + MAX_LINES + ", not " + lines);
    }
  }

  /** A month in the columns in which the producer published it. */
  public static SyntheticMonth of(YearMonth month, long lines, long seed) {
    return new SyntheticMonth(month, lines, seed, SourceLayout.of(month));
  }
}
