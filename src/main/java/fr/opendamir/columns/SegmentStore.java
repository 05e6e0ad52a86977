package fr.opendamir.columns;

import fr.opendamir.query.DamagedSegment;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.query.Segment;
import fr.opendamir.query.SegmentShelf;
import fr.opendamir.query.SegmentSource;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * The segments that this service has on its disk. It fetches segments of new releases from the
 * database, as many at once as it has processors. A single wrong bit can give a wrong sum without
 * any error, so a file that already exists is used only if its checksum is right. If it was right
 * before and the file was not written to since, it is used at once and checked again in the
 * background, because reading 132 months takes longer than a start may.
 */
@ApplicationScoped
public class SegmentStore implements SegmentShelf {
  private static final Logger LOG = Logger.getLogger(SegmentStore.class);
  private static final Duration PART_LIMIT = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 2_000;

  private final SegmentSource source;
  private final Event<DamagedSegment> damages;
  private final boolean isUsed;
  private final SegmentFolder folder;
  private final ScheduledExecutorService workers =
      Executors.newScheduledThreadPool(
          Runtime.getRuntime().availableProcessors(), SegmentStore::thread);
  private final ExecutorService checker = Executors.newSingleThreadExecutor(SegmentStore::thread);

  /** Segments on the disk, whose checksum was right when it was last computed. */
  private final Set<Segment> held = ConcurrentHashMap.newKeySet();

  /** Segments to be verified on the disk, or fetched. */
  private final Set<Segment> requested = ConcurrentHashMap.newKeySet();

  /** Held segments whose checksum has not been computed since the start. */
  private final Set<Segment> unchecked = ConcurrentHashMap.newKeySet();

  private final LongAdder fetches = new LongAdder();
  private final LongAdder fetchedBytes = new LongAdder();
  private final LongAdder fetchNanos = new LongAdder();
  private final LongAdder failures = new LongAdder();

  SegmentStore(
      SegmentSource source,
      SegmentsConfig config,
      ColumnsConfig columns,
      Event<DamagedSegment> damages) {
    this.source = source;
    this.damages = damages;
    this.isUsed = columns.engine() == ColumnsConfig.Engine.DUCKDB;
    this.folder =
        new SegmentFolder(config.folder().orElseGet(SegmentStore::temporary), Clock.systemUTC());
  }

  SegmentFolder folder() {
    return folder;
  }

  @Override
  public boolean holds(Collection<Segment> segments) {
    if (!isUsed || held.containsAll(segments)) {
      return true;
    }
    for (Segment segment : segments) {
      if (!held.contains(segment) && requested.add(segment)) {
        workers.execute(() -> find(segment));
      }
    }
    return false;
  }

  /** Whether all of these segments are here, and their checksums were computed since the start. */
  boolean hasChecked(Collection<Segment> segments) {
    return holds(segments) && segments.stream().noneMatch(unchecked::contains);
  }

  @Override
  public void retain(Collection<Segment> segments) {
    Set<Segment> named = Set.copyOf(segments);
    workers.execute(
        () -> {
          held.retainAll(named);
          unchecked.retainAll(named);
          try {
            folder.removeAllBut(named);
          } catch (UncheckedIOException e) {
            LOG.warnf("%s: %s", e.getMessage(), e.getCause().getMessage());
          }
        });
  }

  /** Verifies segments that could not be scanned; damaged ones are fetched again. */
  void suspect(Collection<Segment> segments) {
    for (Segment segment : segments) {
      if (requested.add(segment)) {
        workers.execute(() -> provide(segment));
      }
    }
  }

  /** Uses a file that was intact before, or provides it. */
  private void find(Segment segment) {
    if (!folder.isMarked(segment)) {
      provide(segment);
      return;
    }
    unchecked.add(segment);
    held.add(segment);
    requested.remove(segment);
    checker.execute(() -> check(segment));
  }

  /** Checks a segment, unless it is no longer served or is already being verified. */
  private void check(Segment segment) {
    if (held.contains(segment) && requested.add(segment)) {
      provide(segment);
    }
  }

  private void provide(Segment segment) {
    try {
      if (!folder.isIntact(segment)) {
        if (held.remove(segment)) {
          LOG.errorf(
              "segment %s in %s is damaged and is fetched again", segment.sha256(), folder.path());
          failures.increment();
          damages.fire(new DamagedSegment(segment));
        }
        folder.unmark(segment);
        fetch(segment);
      }
      held.add(segment);
      unchecked.remove(segment);
      requested.remove(segment);
    } catch (ReplacedException e) {
      unchecked.remove(segment);
      requested.remove(segment); // its release is no longer served
    } catch (IOException | RuntimeException e) {
      failures.increment();
      LOG.errorf(
          "segment %s cannot be fetched into %s and will be tried again: %s",
          segment.sha256(), folder.path(), reason(e));
      var unused = workers.schedule(() -> provide(segment), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void fetch(Segment segment) throws IOException {
    long start = System.nanoTime();
    folder.write(segment, position -> source.part(segment, position).await().atMost(PART_LIMIT));
    fetches.increment();
    fetchedBytes.add(segment.bytes());
    fetchNanos.add(System.nanoTime() - start);
  }

  private static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** The number of segments on the disk. */
  public int segments() {
    return held.size();
  }

  /** The size of the segments on the disk. */
  public long bytes() {
    return held.stream().mapToLong(Segment::bytes).sum();
  }

  /** The number of segments that are to be fetched. */
  public int missing() {
    return Math.toIntExact(requested.stream().filter(segment -> !held.contains(segment)).count());
  }

  /** The number of segments in use whose checksums have not been computed since the start. */
  public int unchecked() {
    return unchecked.size();
  }

  public long fetches() {
    return fetches.sum();
  }

  public long fetchedBytes() {
    return fetchedBytes.sum();
  }

  public double fetchSeconds() {
    return fetchNanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** The number of failed attempts to fetch and of damaged segments. */
  public long failures() {
    return failures.sum();
  }

  void stop(@Observes ShutdownEvent event) {
    Workers.stop(workers, checker);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("opendamir-segments-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for segments can be created", e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "segments");
    thread.setDaemon(true);
    return thread;
  }
}
