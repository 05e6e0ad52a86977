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
 * @param wordColumns columns of codes and care dates that hold something other than plain numbers
 *     of up to four digits
 */
public record StrictReading(
    YearMonth month,
    long lines,
    long shortLines,
    Map<SourceMeasure, Long> totals,
    Set<SourceColumn> wordColumns) {
  public StrictReading {
    totals = Map.copyOf(totals);
    wordColumns = Set.copyOf(wordColumns);
  }
}
