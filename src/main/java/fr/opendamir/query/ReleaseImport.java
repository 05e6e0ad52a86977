package fr.opendamir.query;

import java.util.Map;

/**
 * An import that a release holds.
 *
 * @param blocks how many it has
 * @param rollups rows by rollup
 */
public record ReleaseImport(long id, long blocks, Map<Rollup, Long> rollups) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
  }
}
