package fr.opendamir.ingest.port;

import fr.opendamir.catalog.SourceMeasure;
import java.util.Map;

/**
 * What some blocks, or sums of blocks, add up to.
 *
 * @param blocks number of rows
 * @param totals cents, or acts for the quantity
 */
public record BlockSums(long blocks, Map<SourceMeasure, Long> totals) {
  public BlockSums {
    totals = Map.copyOf(totals);
  }
}
