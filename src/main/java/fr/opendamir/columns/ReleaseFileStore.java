package fr.opendamir.columns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.Segment;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The files of releases: segments as they are, and files derived from them. Files are made on one
 * thread and checked on two others, so that no amount of requests takes all processors.
 */
@ApplicationScoped
public class ReleaseFileStore implements FileShelf {
  private static final Logger LOG = Logger.getLogger(ReleaseFileStore.class);
  private static final long MOST_BYTES = 8_000_000;

  /** Estimated heap use of the files of a release of many years, in bytes. */
  private static final int BYTES = 120_000;

  private static final int CHECKERS = 2;

  /** How long a request waits for files that are being made; they are made in any case. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SegmentStore segments;
  private final DerivedFiles derived;
  private final boolean isOpen;
  private final VerifiedFiles verified = new VerifiedFiles();
  private final ExecutorService maker = Executors.newSingleThreadExecutor(this::thread);
  private final ExecutorService checkers = Executors.newFixedThreadPool(CHECKERS, this::thread);

  /** The files of each release, or the work that makes them. */
  private final Cache<String, CompletableFuture<ReleaseFiles>> files =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String release, CompletableFuture<ReleaseFiles> made) -> BYTES)
          .executor(Runnable::run)
          .build();

  ReleaseFileStore(SegmentStore segments, Catalog catalog, ColumnsConfig config) {
    this.segments = segments;
    this.isOpen = config.engine() == ColumnsConfig.Engine.DUCKDB;
    this.derived = new DerivedFiles(segments.folder(), catalog, config, Clock.systemUTC());
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public Uni<ReleaseFiles> files(Release release) {
    return ColumnFigures.inContext(
        Uni.createFrom()
            .completionStage(() -> made(release).copy())
            .ifNoItem()
            .after(PATIENCE)
            .failWith(() -> unavailable("files of the release are being made")));
  }

  @Override
  public Optional<ReleaseFiles> remembered(Release release) {
    return Optional.ofNullable(files.getIfPresent(release.id()))
        .filter(made -> made.isDone() && !made.isCompletedExceptionally())
        .map(CompletableFuture::join);
  }

  private CompletableFuture<ReleaseFiles> made(Release release) {
    CompletableFuture<ReleaseFiles> known = files.getIfPresent(release.id());
    if (known != null && isToBeTriedAgain(known)) {
      files.asMap().remove(release.id(), known);
    }
    return files.get(release.id(), id -> CompletableFuture.supplyAsync(() -> make(release), maker));
  }

  /** Sums that differ from the totals of the release would differ the next time too. */
  private static boolean isToBeTriedAgain(CompletableFuture<ReleaseFiles> made) {
    return made.isCompletedExceptionally()
        && made.handle((found, failure) -> isTemporary(failure)).join();
  }

  private static boolean isTemporary(Throwable failure) {
    return failure instanceof DataUnavailableException
        || (failure instanceof CompletionException && isTemporary(failure.getCause()));
  }

  private ReleaseFiles make(Release release) {
    List<ReleaseFile> all = new ArrayList<>(ReleaseFiles.blocks(release));
    List<Segment> needed = all.stream().flatMap(file -> file.segment().stream()).toList();
    if (!segments.hasChecked(needed)) { // a derived file is stored and not made again
      throw unavailable("segments of the release are being fetched or checked");
    }
    try {
      all.addAll(derived.provide(release));
      return new ReleaseFiles(release, all);
    } catch (IOException | SQLException e) {
      LOG.errorf("files of release %s cannot be made: %s", release.id(), e.getMessage());
      if (ColumnFailure.isOfFile(String.valueOf(e.getMessage()))) {
        segments.suspect(needed);
      }
      throw new DataUnavailableException(DataUnavailableException.Part.RELEASE, e, true);
    }
  }

  @Override
  public Uni<Path> intact(Release release, ReleaseFile file) {
    return ColumnFigures.inContext(
        Uni.createFrom()
            .completionStage(
                () -> CompletableFuture.supplyAsync(() -> check(release, file), checkers)));
  }

  private Path check(Release release, ReleaseFile file) {
    if (file.segment().isPresent() && !segments.holds(List.of(file.segment().get()))) {
      throw unavailable("the file is being fetched");
    }
    Path path =
        file.segment()
            .map(segment -> segments.folder().path(segment))
            .orElseGet(() -> derived.path(release, file));
    if (verified.isIntact(path, file.sha256())) {
      return path;
    }
    LOG.errorf("file %s is missing or damaged and is replaced", path);
    file.segment()
        .ifPresentOrElse(
            segment -> segments.suspect(List.of(segment)),
            () -> {
              derived.remove(release, file);
              files.invalidate(release.id());
            });
    throw unavailable("the file is damaged");
  }

  private static DataUnavailableException unavailable(String reason) {
    return new DataUnavailableException(
        DataUnavailableException.Part.RELEASE, new IllegalStateException(reason));
  }

  void stop(@Observes ShutdownEvent event) {
    Workers.stop(maker, checkers);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "files");
    thread.setDaemon(true);
    return thread;
  }
}
