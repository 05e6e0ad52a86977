package fr.opendamir.ingest.aggregate;

import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedSegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes segments of blocks that are already protected. Not thread-safe. */
public final class SegmentWriter implements AutoCloseable {
  private final DuckDbSession session;

  public SegmentWriter(AggregationSettings settings) {
    this.session = new DuckDbSession(settings);
  }

  /**
   * Writes a segment.
   *
   * @param csv blocks in the order of {@link LoadColumns#segment}
   */
  public LoadedSegment write(Path csv) {
    Path target = session.folder().resolve("segment.parquet");
    SegmentFile.write(session, SegmentFile.csvRows(csv), target);
    return new LoadedSegment(Optional.empty(), target, sums(List.of(target)));
  }

  /** Sums segments. */
  public BlockSums sums(List<Path> segments) {
    return SegmentFile.sums(session, segments);
  }

  @Override
  public void close() {
    session.close();
  }
}
