package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;

/**
 * The result of a strict reading of a whole file.
 *
 * @param shortLines number of lines with fewer fields than the header; missing fields count as not
 *     filled in
 * @param totals sums of the lines: cents, or acts for the quantity
 * @param wordColumns columns of care dates, and of codes as dimensions have them, that hold
 *     something other than plain numbers of up to four digits
 * @param mixedLineEnds whether some lines end with CR LF and others with LF
 */
public record StrictReading(
    YearMonth month,
    long lines,
    long shortLines,
    Map<SourceMeasure, Long> totals,
    Set<SourceColumn> wordColumns,
    boolean mixedLineEnds) {
  public StrictReading {
    totals = Map.copyOf(totals);
    wordColumns = Set.copyOf(wordColumns);
  }
}
