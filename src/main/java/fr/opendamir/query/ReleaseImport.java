package fr.opendamir.query;

import java.util.Map;
import java.util.Optional;

/**
 * An import of a release.
 *
 * @param blocks number of blocks
 * @param rollups number of rows, by rollup
 * @param segment its blocks in columns; absent if it was imported before there were segments
 */
public record ReleaseImport(
    long id, long blocks, Map<Rollup, Long> rollups, Optional<Segment> segment) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
  }

  /** Creates an import without a segment. */
  public ReleaseImport(long id, long blocks, Map<Rollup, Long> rollups) {
    this(id, blocks, rollups, Optional.empty());
  }
}
