package fr.opendamir.query;

import java.util.Map;
import java.util.Optional;

/**
 * An import of a release.
 *
 * @param blocks number of blocks
 * @param rollups number of rows, by rollup
 * @param segment the file of its blocks; empty where this version cannot read the one there is
 */
public record ReleaseImport(
    long id, long blocks, Map<Rollup, Long> rollups, Optional<Segment> segment) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
  }

  /** An import whose segment plays no role. */
  public ReleaseImport(long id, long blocks, Map<Rollup, Long> rollups) {
    this(id, blocks, rollups, Optional.empty());
  }
}
