package fr.opendamir.columns;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.query.Segment;
import fr.opendamir.query.SegmentSource;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Segments of record, without a database. */
final class StoredSegments implements SegmentSource {
  private final Map<Segment, SegmentFile> files = new ConcurrentHashMap<>();
  final AtomicInteger parts = new AtomicInteger();
  volatile boolean isAway;
  volatile UnaryOperator<byte[]> damage = UnaryOperator.identity();

  void add(SegmentFile file) {
    files.put(file.segment(), file);
  }

  @Override
  public Uni<byte[]> part(Segment segment, int position) {
    parts.incrementAndGet();
    if (isAway) {
      return Uni.createFrom()
          .failure(
              new DataUnavailableException(
                  DataUnavailableException.Part.DATABASE, new IllegalStateException("away")));
    }
    SegmentFile file = files.get(segment);
    return file == null
        ? Uni.createFrom().failure(new ReplacedException())
        : Uni.createFrom().item(damage.apply(file.part(position)));
  }
}
