package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An import of a release.
 *
 * @param blocks number of blocks
 * @param rollups number of rows, by rollup
 * @param segments its blocks and larger rollups in columns; empty if it was imported before there
 *     were segments
 */
public record ReleaseImport(
    long id, long blocks, Map<Rollup, Long> rollups, List<Segment> segments) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
    segments = List.copyOf(segments);
  }

  /** Creates an import without segments. */
  public ReleaseImport(long id, long blocks, Map<Rollup, Long> rollups) {
    this(id, blocks, rollups, List.of());
  }

  /** The segment with rows by this grouping; with the blocks if the grouping is absent. */
  Optional<Segment> segment(Optional<Grouping> grouping) {
    return segments.stream().filter(segment -> segment.grouping().equals(grouping)).findAny();
  }

  /** Whether its blocks can be scanned in columns. */
  public boolean hasBlocks() {
    return segment(Optional.empty()).isPresent();
  }
}
