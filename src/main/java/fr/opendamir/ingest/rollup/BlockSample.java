package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Level;
import java.util.EnumMap;
import java.util.Map;

/**
 * Codes of a random sample of the blocks of a month, in random order.
 *
 * @param blocks number of blocks of the month
 * @param codes by level: one number for each block of the sample, equal for equal codes
 */
public record BlockSample(long blocks, Map<Level, int[]> codes) {
  public BlockSample {
    codes = new EnumMap<>(codes);
  }

  /** Number of blocks in the sample. */
  int size() {
    return codes.values().iterator().next().length;
  }
}
