package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Level;
import java.util.EnumMap;
import java.util.Map;

/**
 * Codes of some blocks of a month, in random order.
 *
 * @param blocks how many blocks the month has
 * @param codes by level: one number a block of the sample, the same for the same code
 */
public record BlockSample(long blocks, Map<Level, int[]> codes) {
  public BlockSample {
    codes = new EnumMap<>(codes);
  }

  /** How many blocks are in the sample. */
  int size() {
    return codes.values().iterator().next().length;
  }
}
