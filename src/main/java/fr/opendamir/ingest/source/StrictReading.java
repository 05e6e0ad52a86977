package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;

/**
 * What a strict reading of a whole file found.
 *
 * @param shortLines those with fewer fields than the header; what they lack counts as not filled
 * @param totals what the lines add up to: cents, or acts for the quantity
 * @param wordColumns columns of codes and care dates that hold something else than plain numbers of
 *     up to four digits
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
