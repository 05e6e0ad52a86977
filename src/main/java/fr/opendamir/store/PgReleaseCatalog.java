package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseImport;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Releases through Hibernate Reactive. Which ones are served is remembered until {@link
 * ReleaseWatch} or a reader finds that it changed.
 */
@Singleton
class PgReleaseCatalog implements ReleaseCatalog {
  private static final Duration FIRST_FETCH = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;

  /** Of the first look, long after this was made if the database was filled before. */
  private final AtomicReference<Long> firstLook = new AtomicReference<>();

  private final ReleaseReader releases;
  private final SegmentShelf segments;
  private final AtomicLong lookUps = new AtomicLong();
  private volatile Served served = new Served(0, Optional.empty());

  /**
   * Which releases are served.
   *
   * @param lookUp the number of the lookup that returned the ids
   * @param ids newest first, as far as they can be read; absent before the first lookup has ended
   */
  private record Served(long lookUp, Optional<List<String>> ids) {}

  private volatile Optional<String> awaited = Optional.empty();

  PgReleaseCatalog(Vertx vertx, Mutiny.SessionFactory sessions, SegmentShelf segments) {
    this.vertx = vertx;
    this.releases = new ReleaseReader(sessions);
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
        .chain(ids -> ids.contains(id) ? Uni.createFrom().item(ids) : lookUp())
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
                    .transformToUniAndConcatenate(releases::read)
                    .collect()
                    .asList()
                    .map(found -> found.stream().flatMap(Optional::stream).toList()));
  }

  @Override
  public Optional<Release> remembered(Optional<String> id) {
    List<String> ids = served.ids().orElse(List.of());
    return ids.isEmpty() || (id.isPresent() && !ids.contains(id.get()))
        ? Optional.empty()
        : releases.remembered(id.orElse(ids.get(0)));
  }

  @Override
  public Optional<ServedReleases> rememberedServed() {
    List<String> ids = served.ids().orElse(List.of());
    Optional<Release> newest = ids.isEmpty() ? Optional.empty() : releases.remembered(ids.get(0));
    return newest.isPresent() ? Optional.of(new ServedReleases(ids, newest)) : Optional.empty();
  }

  @Override
  public Optional<List<String>> rememberedIds() {
    return served.ids();
  }

  @Override
  public Uni<Void> refresh() {
    return lookUp().replaceWithVoid();
  }

  @Override
  public Map<String, String> unreadable() {
    return releases.unreadable().reasons();
  }

  private Uni<List<String>> ids() {
    return served.ids().map(ids -> Uni.createFrom().item(ids)).orElseGet(this::lookUpUntilFetched);
  }

  /** The first requests after a start wait up to five seconds for the first segments. */
  private Uni<List<String>> lookUpUntilFetched() {
    return lookUp()
        .onFailure(failure -> awaited.isPresent() && isFirstFetch())
        .recoverWithUni(() -> pause().chain(this::lookUpUntilFetched));
  }

  private boolean isFirstFetch() {
    return System.nanoTime() - firstLook.get() < FIRST_FETCH.toNanos();
  }

  /** Continues in the same Vert.x context, as sessions need. */
  private Uni<Void> pause() {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              var unused = vertx.setTimer(PAUSE_MILLIS, id -> emitter.complete(null));
            });
  }

  private Uni<List<String>> lookUp() {
    return Uni.createFrom()
        .deferred(
            () -> {
              var unused = firstLook.compareAndSet(null, System.nanoTime());
              long number = lookUps.incrementAndGet();
              return releases
                  .servedIds()
                  .chain(this::fromFirstReadable)
                  .chain(this::withSegments)
                  .invoke(ids -> remember(number, ids));
            });
  }

  /** Serves the newest release once its segments are here, and until then the one before it. */
  private Uni<List<String>> withSegments(List<String> ids) {
    if (ids.isEmpty()) {
      awaited = Optional.empty();
      return Uni.createFrom().item(ids);
    }
    return releases
        .read(ids.get(0))
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
              return isFirstFetch()
                  ? Uni.createFrom().failure(beingFetched())
                  : fromFirstHeld(ids.subList(1, ids.size()));
            });
  }

  /** The releases from the newest whose segments are here. */
  private Uni<List<String>> fromFirstHeld(List<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().failure(beingFetched())
        : releases
            .read(ids.get(0))
            .chain(
                release ->
                    release.isPresent() && isHeld(release.get())
                        ? Uni.createFrom().item(ids)
                        : fromFirstHeld(ids.subList(1, ids.size())));
  }

  /** Whether all segments are here. Imports of earlier versions have none until they migrate. */
  private boolean isHeld(Release release) {
    boolean hasAll = release.imports().stream().allMatch(ReleaseImport::hasBlocks);
    if (!hasAll) {
      releases.forget(release.id()); // until the command migrate has made them
    }
    return hasAll && segments.holds(segmentsOf(release));
  }

  private static DataUnavailableException beingFetched() {
    return new DataUnavailableException(
        DataUnavailableException.Part.RELEASE,
        new IllegalStateException("the segments of the release are being fetched"));
  }

  private static List<Segment> segmentsOf(Release release) {
    return release.imports().stream().flatMap(stored -> stored.segments().stream()).toList();
  }

  /**
   * The releases from the newest readable one. An unreadable release must not end the service of
   * earlier ones.
   */
  private Uni<List<String>> fromFirstReadable(List<String> ids) {
    if (ids.isEmpty()) {
      return releases.unreadable().isEmpty()
          ? Uni.createFrom().item(ids)
          : Uni.createFrom().failure(releases.unreadable().failure());
    }
    return releases
        .read(ids.get(0))
        .chain(
            release ->
                release.isPresent()
                    ? Uni.createFrom().item(ids)
                    : fromFirstReadable(ids.subList(1, ids.size())));
  }

  /** Lookups may end in another order than they began. */
  private synchronized void remember(long lookUp, List<String> ids) {
    if (lookUp > served.lookUp()) {
      served = new Served(lookUp, Optional.of(List.copyOf(ids)));
      releases.forgetIf(id -> !ids.contains(id) && !awaited.equals(Optional.of(id)));
    }
  }

  private Uni<Optional<Release>> first(List<String> ids) {
    return ids.isEmpty() ? Uni.createFrom().item(Optional.empty()) : releases.read(ids.get(0));
  }
}
