package fr.opendamir.ingest.port;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Map;

/**
 * The sums of the lines of a file.
 *
 * @param shortLines number of lines with fewer fields than the header
 * @param totals cents, or acts for the quantity
 */
public record SourceTotals(
    YearMonth month, long lines, long shortLines, Map<SourceMeasure, Long> totals) {
  public SourceTotals {
    totals = Map.copyOf(totals);
  }
}
