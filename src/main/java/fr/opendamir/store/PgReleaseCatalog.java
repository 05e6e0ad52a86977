package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.Rollup;
import fr.opendamir.query.Segment;
import fr.opendamir.query.SegmentShelf;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
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
@Singleton
class PgReleaseCatalog implements ReleaseCatalog {
  private static final Duration FIRST_FETCH = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final long firstFetchEnds = System.nanoTime() + FIRST_FETCH.toNanos();
  private final Mutiny.SessionFactory sessions;
  private final SegmentShelf segments;
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

  PgReleaseCatalog(Vertx vertx, Mutiny.SessionFactory sessions, SegmentShelf segments) {
    this.vertx = vertx;
    this.sessions = sessions;
    this.segments = segments;
  }

  /** The newest release, if it is published and its segments have not all been fetched yet. */
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
        .chain(
            ids ->
                !ids.contains(id) && awaited.equals(Optional.of(id))
                    ? Uni.createFrom().failure(beingFetched())
                    : first(ids.stream().filter(id::equals).toList()));
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
    return served.ids().map(ids -> Uni.createFrom().item(ids)).orElseGet(this::askUntilFetched);
  }

  /** The first requests of a service wait a moment for its first segments. */
  private Uni<List<String>> askUntilFetched() {
    return ask()
        .onFailure(failure -> awaited.isPresent() && System.nanoTime() < firstFetchEnds)
        .recoverWithUni(() -> pause().chain(this::askUntilFetched));
  }

  /** Goes on in the same Vert.x context, as sessions need. */
  private Uni<Void> pause() {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              var unused = vertx.setTimer(PAUSE_MILLIS, id -> emitter.complete(null));
            });
  }

  private Uni<List<String>> ask() {
    return Uni.createFrom()
        .deferred(
            () -> {
              long question = questions.incrementAndGet();
              return withSession(
                      session ->
                          session
                              .createNativeQuery(
                                  "SELECT id FROM control.release WHERE status = 'served' ORDER BY"
                                      + " sequence DESC",
                                  String.class)
                              .getResultList())
                  .invoke(unreadable::retainReleases)
                  .chain(this::fromFirstReadable)
                  .chain(this::withSegments)
                  .invoke(ids -> remember(question, ids));
            });
  }

  /** A release is served when its segments are here; until then, the release before it is. */
  private Uni<List<String>> withSegments(List<String> ids) {
    if (ids.isEmpty()) {
      awaited = Optional.empty();
      return Uni.createFrom().item(ids);
    }
    return read(ids.get(0))
        .chain(
            release -> {
              boolean isHeld = release.isPresent() && isHeld(release.get());
              awaited = isHeld ? Optional.empty() : Optional.of(ids.get(0));
              if (isHeld) {
                segments.retain(segmentsOf(release.get()));
                return Uni.createFrom().item(ids);
              }
              List<String> before = served.ids().orElse(List.of());
              if (!before.isEmpty()) {
                return Uni.createFrom().item(before);
              }
              return System.nanoTime() < firstFetchEnds
                  ? Uni.createFrom().failure(beingFetched())
                  : olderOnes(ids.subList(1, ids.size()));
            });
  }

  /** The releases of a list from the first one on whose segments are here. */
  private Uni<List<String>> olderOnes(List<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().failure(beingFetched())
        : read(ids.get(0))
            .chain(
                release ->
                    release.isPresent() && isHeld(release.get())
                        ? Uni.createFrom().item(ids)
                        : olderOnes(ids.subList(1, ids.size())));
  }

  /** A release that an importer of an earlier version made has imports without segments. */
  private boolean isHeld(Release release) {
    boolean hasAll =
        release.months().stream()
            .flatMap(month -> month.imports().stream())
            .allMatch(ReleaseImport::hasBlocks);
    if (!hasAll) {
      known.remove(release.id()); // until the command migrate has made them
    }
    return hasAll && segments.holds(segmentsOf(release));
  }

  private static DataUnavailableException beingFetched() {
    return new DataUnavailableException(
        DataUnavailableException.Part.RELEASE, new IllegalStateException("the segments of the release are being fetched"));
  }

  private static List<Segment> segmentsOf(Release release) {
    return release.months().stream()
        .flatMap(month -> month.imports().stream())
        .flatMap(stored -> stored.segments().stream())
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

  /**
   * Without HQL, whose parser alone takes a third of a second of a start. Each fetch reads the
   * collections of many imports.
   */
  private Uni<Release> read(Mutiny.Session session, String id) {
    return session
        .find(ReleaseEntity.class, id)
        .call(release -> Mutiny.fetch(release.imports))
        .call(release -> fetch(release, entity -> entity.totals))
        .call(release -> fetch(release, entity -> entity.losses))
        .call(release -> fetch(release, entity -> entity.rollups))
        .call(release -> fetch(release, entity -> entity.segments))
        .chain(release -> rollups(session).map(rollups -> release(release, rollups)));
  }

  private static Uni<Void> fetch(ReleaseEntity release, Function<ImportEntity, Object> collection) {
    return Multi.createFrom()
        .iterable(release.imports)
        .onItem()
        .transformToUniAndConcatenate(entity -> Mutiny.fetch(collection.apply(entity)))
        .collect()
        .last()
        .replaceWithVoid();
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

  /** Without a rollup answers are the same, and take longer. */
  private Release release(ReleaseEntity entity, Map<Integer, Rollup> rollups) {
    for (int rollup : entity.rollupsOtherThan(rollups.keySet())) {
      unreadable.add(
          entity.id + " rollup " + rollup, new IllegalStateException("it is by unknown levels"));
    }
    return entity.toRelease(rollups);
  }
}
