package fr.opendamir.store;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.Rollup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Releases through Hibernate Reactive. Which one is the newest, and whether one is still served, is
 * asked each time; what a release consists of never changes and is remembered.
 */
@ApplicationScoped
class PgReleaseCatalog implements ReleaseCatalog {
  private final Mutiny.SessionFactory sessions;
  private final Map<String, Release> known = new ConcurrentHashMap<>();

  PgReleaseCatalog(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  public Uni<Optional<Release>> latest() {
    return ids("select r.id from ReleaseEntity r where r.status = 'served' order by r.sequence desc limit 1")
        .chain(this::first);
  }

  @Override
  public Uni<Optional<Release>> find(String id) {
    return withSession(
            session ->
                session
                    .createSelectionQuery(
                        "select r.id from ReleaseEntity r where r.status = 'served' and r.id = ?1",
                        String.class)
                    .setParameter(1, id)
                    .getResultList())
        .chain(this::first);
  }

  @Override
  public Uni<List<Release>> list() {
    return ids("select r.id from ReleaseEntity r where r.status = 'served' order by r.sequence desc")
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(this::load)
                    .collect()
                    .asList());
  }

  private Uni<List<String>> ids(String query) {
    return withSession(
        session -> session.createSelectionQuery(query, String.class).getResultList());
  }

  private <T> Uni<T> withSession(Function<Mutiny.Session, Uni<T>> work) {
    return sessions.withSession(work).onFailure().transform(Availability::translate);
  }

  private Uni<Optional<Release>> first(List<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : load(ids.get(0)).map(Optional::of);
  }

  private Uni<Release> load(String id) {
    Release release = known.get(id);
    return release != null
        ? Uni.createFrom().item(release)
        : withSession(session -> read(session, id)).invoke(read -> known.put(id, read));
  }

  /** Plain joins instead of one whose rows multiply. */
  private static Uni<Release> read(Mutiny.Session session, String id) {
    return session
        .createSelectionQuery(
            "from ReleaseEntity r left join fetch r.imports where r.id = ?1", ReleaseEntity.class)
        .setParameter(1, id)
        .getSingleResult()
        .call(release -> fetch(session, "totals", release))
        .call(release -> fetch(session, "losses", release))
        .call(release -> fetch(session, "rollups", release))
        .chain(release -> rollups(session).map(release::toRelease));
  }

  private static Uni<Map<Integer, Rollup>> rollups(Mutiny.Session session) {
    return session
        .createSelectionQuery("from RollupEntity", RollupEntity.class)
        .getResultList()
        .map(
            entities ->
                entities.stream()
                    .map(RollupEntity::toRollup)
                    .collect(Collectors.toMap(Rollup::id, rollup -> rollup)));
  }

  private static Uni<List<ImportEntity>> fetch(
      Mutiny.Session session, String collection, ReleaseEntity release) {
    return session
        .createSelectionQuery(
            "from ImportEntity i left join fetch i." + collection + " where i in ?1",
            ImportEntity.class)
        .setParameter(1, release.imports)
        .getResultList();
  }
}
