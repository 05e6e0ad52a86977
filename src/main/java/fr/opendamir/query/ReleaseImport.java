package fr.opendamir.query;

import java.util.Map;

/**
 * An import of a release.
 *
 * @param blocks number of blocks
 * @param rollups number of rows, by rollup
 */
public record ReleaseImport(long id, long blocks, Map<Rollup, Long> rollups) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
  }
}
