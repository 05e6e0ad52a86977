package fr.opendamir.store;

import fr.opendamir.query.ReplacedException;
import fr.opendamir.query.Segment;
import fr.opendamir.query.SegmentSource;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** The bytes of segments, as the role that can read published figures and nothing else. */
@ApplicationScoped
class PgSegmentSource implements SegmentSource {
  private final Pool pool;

  PgSegmentSource(@ReactiveDataSource("figures") Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<byte[]> part(Segment segment, int position) {
    return pool.preparedQuery(
            """
            -- name: a part of a segment
            SELECT content FROM figures.segment_part WHERE segment_id = $1 AND position = $2
            """)
        .execute(Tuple.of(segment.id(), position))
        .onFailure()
        .transform(Availability::translate)
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new ReplacedException();
              }
              return rows.iterator().next().getBuffer(0).getBytes();
            });
  }
}
