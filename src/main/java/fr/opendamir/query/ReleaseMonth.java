package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Map;

/**
 * One month of a release and the file it comes from.
 *
 * @param totals cents, or acts for the quantity, of all lines
 * @param notDisclosed by level: the charged cents whose code is not disclosed there
 */
public record ReleaseMonth(
    long importId,
    YearMonth month,
    String fileName,
    long fileBytes,
    String sha256,
    String policyId,
    boolean synthetic,
    boolean acceptedLoss,
    long lines,
    long blocks,
    long smallestBlock,
    Map<SourceMeasure, Long> totals,
    Map<Level, Long> notDisclosed) {
  public ReleaseMonth {
    totals = Map.copyOf(totals);
    notDisclosed = Map.copyOf(notDisclosed);
  }
}
