package fr.opendamir.ingest.port;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Map;

/**
 * What the lines of a file add up to.
 *
 * @param shortLines those with fewer fields than the header
 * @param totals cents, or acts for the quantity
 */
public record SourceTotals(
    YearMonth month, long lines, long shortLines, long atoms, Map<SourceMeasure, Long> totals) {
  public SourceTotals {
    totals = Map.copyOf(totals);
  }
}
