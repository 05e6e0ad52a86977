package fr.opendamir.store.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.access.UsageCount;
import fr.opendamir.access.UsageStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/** Usage through Hibernate Reactive. */
@ApplicationScoped
class PgUsageStore implements UsageStore {
  /**
   * Any number of counts in one parameter; in order, so that replicas do not block one another.
   * Text first: the driver would make a JSON string of what is asked for as JSON.
   */
  private static final String ADD =
      """
      -- name: add to usage of days
      INSERT INTO control.usage_day AS kept (day, key_id, plan, door, requests, units, refused)
      SELECT day, key_id, plan, door, requests, units, refused
      FROM jsonb_to_recordset(cast(cast(?1 AS text) AS jsonb)) AS added (
        day date, key_id bigint, plan text, door text, requests bigint, units bigint, refused bigint)
      ORDER BY day, key_id, plan, door
      ON CONFLICT (day, key_id, plan, door) DO UPDATE SET
        requests = kept.requests + excluded.requests,
        units = kept.units + excluded.units,
        refused = kept.refused + excluded.refused
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AccessSessions sessions;

  PgUsageStore(AccessSessions sessions) {
    this.sessions = sessions;
  }

  private record Added(
      String day, Long key_id, String plan, String door, long requests, long units, long refused) {}

  @Override
  public Uni<Void> add(List<UsageCount> counts) {
    String json = toJson(counts);
    return sessions.write(
        (session, transaction) ->
            session.createNativeQuery(ADD).setParameter(1, json).executeUpdate().replaceWithVoid());
  }

  @Override
  public Uni<List<UsageCount>> list(LocalDate first, LocalDate last) {
    return sessions.read(
        session ->
            session
                .createSelectionQuery(
                    "from UsageEntity where day between ?1 and ?2"
                        + " order by day, keyId nulls first, plan, door",
                    UsageEntity.class)
                .setParameter(1, first)
                .setParameter(2, last)
                .getResultList()
                .map(found -> found.stream().map(UsageEntity::toCount).toList()));
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
