package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.Release;
import fr.opendamir.query.Rollup;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Reads releases from the control tables, and remembers them: what a release consists of never
 * changes.
 */
final class ReleaseReader {
  private final Mutiny.SessionFactory sessions;
  private final UnreadableRows unreadable = new UnreadableRows();
  private final Map<String, Release> known = new ConcurrentHashMap<>();

  ReleaseReader(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Reads the ids of all served releases, newest first. */
  Uni<List<String>> servedIds() {
    return withSession(
            session ->
                session
                    .createNativeQuery(
                        "SELECT id FROM control.release WHERE status = 'served' ORDER BY"
                            + " sequence DESC",
                        String.class)
                    .getResultList())
        .invoke(unreadable::retainReleases);
  }

  /** Reads a release; empty if its rows are unreadable, which only the operator learns. */
  Uni<Optional<Release>> read(String id) {
    Release release = known.get(id);
    return release != null
        ? Uni.createFrom().item(Optional.of(release))
        : withSession(session -> read(session, id))
            .invoke(
                read -> {
                  known.put(id, read);
                  unreadable.remove(id);
                })
            .map(Optional::of)
            .onFailure(failure -> !(failure instanceof DataUnavailableException))
            .recoverWithItem(
                failure -> {
                  unreadable.add(id, failure);
                  return Optional.empty();
                });
  }

  /** A release that was read before. Never waits. */
  Optional<Release> remembered(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Reads a release anew the next time. */
  void forget(String id) {
    known.remove(id);
  }

  /** Forgets the releases whose ids match. */
  void forgetIf(Predicate<String> id) {
    known.keySet().removeIf(id);
  }

  /** What could not be read, and why. */
  UnreadableRows unreadable() {
    return unreadable;
  }

  private <T> Uni<T> withSession(Function<Mutiny.Session, Uni<T>> work) {
    return sessions.withSession(work).onFailure().transform(Availability::translate);
  }

  /**
   * Reads a release. Uses no HQL, whose parser would add a third of a second to a start. Entities
   * come last, because Hibernate compares all that a session holds before each native query.
   */
  private Uni<Release> read(Mutiny.Session session, String id) {
    return rollups(session)
        .chain(
            rollups ->
                parts(session, id)
                    .chain(
                        parts ->
                            session
                                .find(ReleaseEntity.class, id)
                                .call(release -> Mutiny.fetch(release.imports))
                                .map(release -> release(release, parts, rollups))));
  }

  private static Uni<Map<Long, ImportParts>> parts(Mutiny.Session session, String release) {
    return session
        .createNativeQuery(ImportParts.OF_RELEASE, Object[].class)
        .setParameter(1, release)
        .getResultList()
        .map(
            rows -> {
              Map<String, Optional<Grouping>> groupings = new HashMap<>();
              return rows.stream()
                  .collect(
                      Collectors.toMap(
                          row -> (Long) row[0],
                          row -> ImportParts.parse((String) row[1], groupings)));
            });
  }

  private static Uni<Map<Integer, Rollup>> rollups(Mutiny.Session session) {
    return session
        .createNativeQuery("SELECT * FROM control.rollup", RollupEntity.class)
        .getResultList()
        .map(
            entities ->
                entities.stream()
                    .map(RollupEntity::toRollup)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toMap(Rollup::id, rollup -> rollup)));
  }

  /** Converts a release. Unknown rollups are left out: answers are the same, but take longer. */
  private Release release(
      ReleaseEntity entity, Map<Long, ImportParts> parts, Map<Integer, Rollup> rollups) {
    parts.values().stream()
        .flatMap(ofImport -> ofImport.rollups().keySet().stream())
        .distinct()
        .filter(rollup -> !rollups.containsKey(rollup))
        .forEach(
            rollup ->
                unreadable.add(
                    entity.id + " rollup " + rollup,
                    new IllegalStateException("it is by unknown levels")));
    return entity.toRelease(parts, rollups);
  }
}
