package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: the bytes of published segments, in the database. */
public interface SegmentSource {
  /**
   * Reads a part of a segment.
   *
   * @param position 0 for the first part
   * @return fails with {@link DataUnavailableException} while the database is away, and with {@link
   *     ReplacedException} if the segment is no longer published
   */
  Uni<byte[]> part(Segment segment, int position);
}
