package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.Rollup;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Releases through Hibernate Reactive. Which ones are served is remembered until {@link
 * ReleaseWatch} or a reader finds that it changed; what a release consists of never changes.
 */
@ApplicationScoped
class PgReleaseCatalog implements ReleaseCatalog {
  private final Mutiny.SessionFactory sessions;
  private final FigurePools figures;
  private final UnreadableRows unreadable = new UnreadableRows();
  private final Map<String, Release> known = new ConcurrentHashMap<>();
  private final AtomicLong questions = new AtomicLong();
  private volatile Served served = new Served(0, Optional.empty());

  /**
   * Which releases are served.
   *
   * @param question number of the question that this answers
   * @param ids newest first, as far as they can be read; absent before the first answer
   */
  private record Served(long question, Optional<List<String>> ids) {}

  private volatile Optional<String> awaited = Optional.empty();

  PgReleaseCatalog(Mutiny.SessionFactory sessions, FigurePools figures) {
    this.sessions = sessions;
    this.figures = figures;
  }

  /** The newest release, where it is published and its figures have not come to the replica yet. */
  Optional<String> awaited() {
    return awaited;
  }

  @Override
  public Uni<ServedReleases> served() {
    return ids().chain(ids -> first(ids).map(newest -> new ServedReleases(ids, newest)));
  }

  @Override
  public Uni<Optional<Release>> find(String id) {
    return ids()
        .chain(ids -> ids.contains(id) ? Uni.createFrom().item(ids) : ask())
        .chain(ids -> first(ids.stream().filter(id::equals).toList()));
  }

  @Override
  public Uni<List<Release>> list() {
    return ids()
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(this::read)
                    .collect()
                    .asList()
                    .map(found -> found.stream().flatMap(Optional::stream).toList()));
  }

  @Override
  public Optional<Release> remembered(Optional<String> id) {
    List<String> ids = served.ids().orElse(List.of());
    return ids.isEmpty() || (id.isPresent() && !ids.contains(id.get()))
        ? Optional.empty()
        : Optional.ofNullable(known.get(id.orElse(ids.get(0))));
  }

  @Override
  public Optional<ServedReleases> rememberedServed() {
    List<String> ids = served.ids().orElse(List.of());
    Optional<Release> newest =
        ids.isEmpty() ? Optional.empty() : Optional.ofNullable(known.get(ids.get(0)));
    return newest.isPresent() ? Optional.of(new ServedReleases(ids, newest)) : Optional.empty();
  }

  @Override
  public Optional<List<String>> rememberedIds() {
    return served.ids();
  }

  @Override
  public Uni<Void> refresh() {
    return ask().replaceWithVoid();
  }

  @Override
  public Map<String, String> unreadable() {
    return unreadable.reasons();
  }

  private Uni<List<String>> ids() {
    return served.ids().map(ids -> Uni.createFrom().item(ids)).orElseGet(this::ask);
  }

  private Uni<List<String>> ask() {
    return Uni.createFrom()
        .deferred(
            () -> {
              long question = questions.incrementAndGet();
              return withSession(
                      session ->
                          session
                              .createSelectionQuery(
                                  "select r.id from ReleaseEntity r where r.status = 'served' order"
                                      + " by r.sequence desc",
                                  String.class)
                              .getResultList())
                  .invoke(unreadable::retainReleases)
                  .chain(this::fromFirstReadable)
                  .chain(this::whatFiguresHave)
                  .invoke(ids -> remember(question, ids));
            });
  }

  /**
   * A release is served when the database that is asked for figures has them. Until then that
   * database is as it was, and so is what is served.
   */
  private Uni<List<String>> whatFiguresHave(List<String> ids) {
    List<String> before = served.ids().orElse(List.of());
    if (ids.isEmpty() || (!before.isEmpty() && before.get(0).equals(ids.get(0)))) {
      awaited = Optional.empty();
      return Uni.createFrom().item(ids);
    }
    return hasFigures(ids.get(0))
        .chain(
            isThere -> {
              awaited = isThere ? Optional.empty() : Optional.of(ids.get(0));
              if (isThere) {
                return Uni.createFrom().item(ids);
              }
              return before.isEmpty()
                  ? olderOnes(ids.subList(1, ids.size()))
                  : Uni.createFrom().item(before);
            });
  }

  /** The releases of a list from the first one on of which there are figures. */
  private Uni<List<String>> olderOnes(List<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(ids)
        : hasFigures(ids.get(0))
            .chain(
                isThere ->
                    isThere ? Uni.createFrom().item(ids) : olderOnes(ids.subList(1, ids.size())));
  }

  private Uni<Boolean> hasFigures(String id) {
    return read(id)
        .chain(
            release ->
                release
                    .map(readable -> figures.hold(importsOf(readable)))
                    .orElseGet(() -> Uni.createFrom().item(false)));
  }

  private static List<Long> importsOf(Release release) {
    return release.months().stream()
        .flatMap(month -> month.imports().stream())
        .map(ReleaseImport::id)
        .toList();
  }

  /**
   * The releases from the newest that can be read. A row that makes no sense must not take away
   * what was served before it.
   */
  private Uni<List<String>> fromFirstReadable(List<String> ids) {
    if (ids.isEmpty()) {
      return unreadable.isEmpty()
          ? Uni.createFrom().item(ids)
          : Uni.createFrom().failure(unreadable.failure());
    }
    return read(ids.get(0))
        .chain(
            release ->
                release.isPresent()
                    ? Uni.createFrom().item(ids)
                    : fromFirstReadable(ids.subList(1, ids.size())));
  }

  /** Answers may come in another order than their questions were asked. */
  private synchronized void remember(long question, List<String> ids) {
    if (question > served.question()) {
      served = new Served(question, Optional.of(List.copyOf(ids)));
      known.keySet().removeIf(id -> !ids.contains(id) && !awaited.equals(Optional.of(id)));
    }
  }

  private <T> Uni<T> withSession(Function<Mutiny.Session, Uni<T>> work) {
    return sessions.withSession(work).onFailure().transform(Availability::translate);
  }

  private Uni<Optional<Release>> first(List<String> ids) {
    return ids.isEmpty() ? Uni.createFrom().item(Optional.empty()) : read(ids.get(0));
  }

  /** A release; empty if its rows are unreadable, which only the operator learns. */
  private Uni<Optional<Release>> read(String id) {
    Release release = known.get(id);
    return release != null
        ? Uni.createFrom().item(Optional.of(release))
        : withSession(session -> read(session, id))
            .invoke(
                read -> {
                  known.put(id, read);
                  unreadable.isReadable(id);
                })
            .map(Optional::of)
            .onFailure(failure -> !(failure instanceof DataUnavailableException))
            .recoverWithItem(
                failure -> {
                  unreadable.add(id, failure);
                  return Optional.empty();
                });
  }

  /** Plain joins instead of one whose rows multiply. */
  private Uni<Release> read(Mutiny.Session session, String id) {
    return session
        .createSelectionQuery(
            "from ReleaseEntity r left join fetch r.imports where r.id = ?1", ReleaseEntity.class)
        .setParameter(1, id)
        .getSingleResult()
        .call(release -> fetch(session, "totals", release))
        .call(release -> fetch(session, "losses", release))
        .call(release -> fetch(session, "rollups", release))
        .call(release -> fetch(session, "segments", release))
        .chain(release -> rollups(session).map(rollups -> release(release, rollups)));
  }

  private static Uni<Map<Integer, Rollup>> rollups(Mutiny.Session session) {
    return session
        .createSelectionQuery("from RollupEntity", RollupEntity.class)
        .getResultList()
        .map(
            entities ->
                entities.stream()
                    .map(RollupEntity::toRollup)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toMap(Rollup::id, rollup -> rollup)));
  }

  /** Without a rollup answers are the same, and take longer. */
  private Release release(ReleaseEntity entity, Map<Integer, Rollup> rollups) {
    for (int rollup : entity.rollupsOtherThan(rollups.keySet())) {
      unreadable.add(
          entity.id + " rollup " + rollup, new IllegalStateException("it is by unknown levels"));
    }
    return entity.toRelease(rollups);
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
