package fr.opendamir.store.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.access.UsageCount;
import fr.opendamir.access.UsageStore;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Usage in the database, for the service and for commands. */
@ApplicationScoped
class PgUsageStore implements UsageStore {
  /**
   * Adds any number of counts in one parameter, sorted, so that replicas cannot deadlock. The
   * parameter is text, because the driver would encode one of type JSON a second time.
   */
  private static final String ADD =
      """
      -- name: add to usage of days
      INSERT INTO control.usage_day AS stored (day, key_id, plan, door, requests, units, refused)
      SELECT day, key_id, plan, door, requests, units, refused
      FROM jsonb_to_recordset($1::text::jsonb) AS added (
        day date, key_id bigint, plan text, door text, requests bigint, units bigint, refused bigint)
      ORDER BY day, key_id, plan, door
      ON CONFLICT (day, key_id, plan, door) DO UPDATE SET
        requests = stored.requests + excluded.requests,
        units = stored.units + excluded.units,
        refused = stored.refused + excluded.refused
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Pool pool;

  PgUsageStore(@ReactiveDataSource("access") Pool pool) {
    this.pool = pool;
  }

  private record Added(
      String day, Long key_id, String plan, String door, long requests, long units, long refused) {}

  @Override
  public Uni<Void> add(List<UsageCount> counts) {
    return pool.preparedQuery(ADD).execute(Tuple.of(toJson(counts))).replaceWithVoid();
  }

  @Override
  public Uni<List<UsageCount>> list(LocalDate first, LocalDate last) {
    return pool.preparedQuery(
            """
            -- name: usage of days
            SELECT day, key_id, plan, door, requests, units, refused FROM control.usage_day
            WHERE day BETWEEN $1 AND $2 ORDER BY day, key_id NULLS FIRST, plan, door
            """)
        .mapping(PgUsageStore::count)
        .execute(Tuple.of(first, last))
        .map(rows -> rows.stream().toList());
  }

  private static UsageCount count(Row row) {
    return new UsageCount(
        row.getLocalDate("day"),
        Optional.ofNullable(row.getLong("key_id")),
        row.getString("plan"),
        row.getString("door"),
        row.getLong("requests"),
        row.getLong("units"),
        row.getLong("refused"));
  }

  private static String toJson(List<UsageCount> counts) {
    try {
      return JSON.writeValueAsString(
          counts.stream()
              .map(
                  count ->
                      new Added(
                          count.day().toString(),
                          count.keyId().orElse(null),
                          count.plan(),
                          count.door(),
                          count.requests(),
                          count.units(),
                          count.refused()))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text and numbers are always JSON", e);
    }
  }
}
