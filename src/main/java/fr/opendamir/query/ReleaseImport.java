package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An import of a release.
 *
 * @param month the month of processing of all its blocks
 * @param blocks number of blocks
 * @param rollups number of rows, by rollup
 * @param segments its blocks and larger rollups in columns; empty if it was imported before there
 *     were segments
 * @param totals sums over its blocks, in cents (in acts for the quantity)
 */
public record ReleaseImport(
    long id,
    YearMonth month,
    long blocks,
    Map<Rollup, Long> rollups,
    List<Segment> segments,
    Map<SourceMeasure, Long> totals) {
  public ReleaseImport {
    rollups = Map.copyOf(rollups);
    segments = List.copyOf(segments);
    totals = Map.copyOf(totals);
  }

  /** Creates an import of unknown totals. */
  public ReleaseImport(
      long id, YearMonth month, long blocks, Map<Rollup, Long> rollups, List<Segment> segments) {
    this(id, month, blocks, rollups, segments, Map.of());
  }

  /** Creates an import without segments. */
  public ReleaseImport(long id, YearMonth month, long blocks, Map<Rollup, Long> rollups) {
    this(id, month, blocks, rollups, List.of(), Map.of());
  }

  /** The segment with rows by this grouping; with the blocks if the grouping is absent. */
  Optional<Segment> segment(Optional<Grouping> grouping) {
    return segments.stream().filter(segment -> segment.grouping().equals(grouping)).findAny();
  }

  /** The segment of its blocks; absent if it was imported before there were segments. */
  public Optional<Segment> blockSegment() {
    return segment(Optional.empty());
  }

  /** Whether its blocks can be scanned in columns. */
  public boolean hasBlocks() {
    return blockSegment().isPresent();
  }
}
