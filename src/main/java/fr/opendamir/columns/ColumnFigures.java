package fr.opendamir.columns;

import fr.opendamir.catalog.Measure;
import fr.opendamir.query.CellStream;
import fr.opendamir.query.Cells;
import fr.opendamir.query.ColumnSource;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ResultRow;
import fr.opendamir.query.Segment;
import fr.opendamir.query.SourceTables;
import fr.opendamir.query.StreamedQuestion;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Figures from columns. Each statement waits on a thread of its own; the service admits a bounded
 * number of questions, and the engine shares its threads among them.
 */
@ApplicationScoped
public class ColumnFigures implements ColumnSource {
  private static final Logger LOG = Logger.getLogger(ColumnFigures.class);

  /**
   * Maximum number of concurrent streams, each of which has its sorted rows in the engine until all
   * are read. It exceeds the number of places for streams, because a stream that loses its place is
   * closed only after the next one has begun.
   */
  static final int MAX_STREAMS = 12;

  private static final int LEADING_COLUMNS = 3;

  private final ColumnsConfig config;
  private final SegmentStore segments;
  private final SourceTables tables;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService workers = Executors.newCachedThreadPool(this::thread);
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(this::thread);
  private final CompletableFuture<Connections> engine = new CompletableFuture<>();

  private final Scans scans;
  private final LongAdder givenUp = new LongAdder();

  ColumnFigures(ColumnsConfig config, SegmentStore segments, QueryConfig queryConfig) {
    this.config = config;
    this.segments = segments;
    this.scans = new Scans(Duration.ofSeconds(queryConfig.statementTimeoutSeconds()), deadlines);
    this.tables =
        config.engine() == ColumnsConfig.Engine.JDBC
            ? new EngineTables(config.jdbc().table())
            : new SegmentTables(segments.folder());
  }

  /** Loads the library on another thread: questions wait for it, but not the start. */
  void start(@Observes StartupEvent event) {
    workers.execute(this::open);
  }

  private void open() {
    try {
      var unused =
          engine.complete(
              config.engine() == ColumnsConfig.Engine.JDBC
                  ? new JdbcEngine(config.jdbc())
                  : new DuckDb(config, segments.folder()));
    } catch (SQLException | RuntimeException | LinkageError e) {
      LOG.errorf(
          "the engine of columns cannot start, so that only rollups are answered from: %s",
          e.getCause() == null ? e : e.getCause());
      var unused = engine.completeExceptionally(e);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Workers.stop(workers, deadlines);
    if (engine.isDone() && !engine.isCompletedExceptionally()) {
      engine.join().close();
    }
  }

  @Override
  public SourceTables tables() {
    return tables;
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return inContext(
        Uni.createFrom()
            .emitter(
                emitter -> {
                  ColumnQuery query = new ColumnQuery(question, workers);
                  emitter.onTermination(query::cancel);
                  workers.execute(
                      () -> {
                        try {
                          emitter.complete(scans.counted(query, () -> cells(query)));
                        } catch (Throwable e) { // otherwise the request would wait forever
                          emitter.fail(failure(query, e));
                        }
                      });
                }));
  }

  @Override
  public Uni<CellStream> open(StreamedQuestion question) {
    return inContext(
        Uni.createFrom()
            .emitter(
                emitter -> {
                  if (!streams.tryAcquire()) {
                    emitter.fail(
                        new DataUnavailableException(
                            DataUnavailableException.Part.ENGINE,
                            new RejectedExecutionException("too many streams")));
                    return;
                  }
                  ColumnStream stream =
                      new ColumnStream(question, this, scans, workers, deadlines, streams::release);
                  emitter.onTermination(stream::abandon);
                  workers.execute(() -> stream.compute(emitter));
                }));
  }

  /**
   * Starts a query.
   *
   * @return the rows; an engine may compute them as they are read
   */
  ResultSet execute(ColumnQuery query) throws SQLException {
    if (!query.question().plan().imports().stream().allMatch(ReleaseImport::hasBlocks)) {
      throw new DataUnavailableException(
          DataUnavailableException.Part.RELEASE,
          new IllegalStateException("an import has no segment: run the command migrate"));
    }
    if (!segments.holds(segmentsOf(query))) {
      throw new DataUnavailableException(
          DataUnavailableException.Part.RELEASE,
          new IllegalStateException("segments of the release are being fetched"));
    }
    return query.start(engine());
  }

  private static List<Segment> segmentsOf(ColumnQuery query) {
    return query.question().plan().sources().stream()
        .flatMap(QuestionPlan.Source::segments)
        .toList();
  }

  private Connections engine() {
    try {
      return engine.join();
    } catch (CompletionException e) {
      throw new DataUnavailableException(DataUnavailableException.Part.ENGINE, e.getCause());
    }
  }

  private Cells cells(ColumnQuery query) throws SQLException {
    try (query) {
      ResultSet rows = execute(query);
      int imports = 0;
      long total = 0;
      List<ResultRow> read = new ArrayList<>();
      Map<Measure, BigDecimal> coverage = Map.of();
      JdbcRows reader = new JdbcRows(query.question(), rows, LEADING_COLUMNS);
      while (rows.next()) {
        if (read.isEmpty()) { // it is the same in all rows
          coverage =
              JdbcRows.coverage(query.question(), rows, LEADING_COLUMNS + query.question().width());
        }
        imports = rows.getInt(1);
        total = rows.getLong(2);
        if (rows.getObject(LEADING_COLUMNS) != null) {
          read.add(reader.read());
        }
      }
      return new Cells(imports, total, read, coverage);
    }
  }

  /** The failure to pass on; a segment that cannot be read is verified. */
  Throwable failure(ColumnQuery query, Throwable failure) {
    if (!(failure instanceof SQLException)) {
      return failure;
    }
    if (!query.isCancelled()) {
      givenUp.increment();
    }
    String message = String.valueOf(failure.getMessage());
    String reason = message.lines().findFirst().orElse("");
    boolean isOfContent =
        config.engine() == ColumnsConfig.Engine.DUCKDB
            && !query.isStopped()
            && !ColumnFailure.isOfResources(message);
    if (isOfContent) {
      if (!ColumnFailure.isOfFile(message)) {
        // The statement is wrong: another attempt would fail too.
        return new IllegalStateException("the engine of columns failed: " + reason, failure);
      }
      segments.suspect(segmentsOf(query));
    }
    if (!query.isCancelled()) {
      LOG.warnf("the engine of columns did not finish a scan: %s", reason);
    }
    return new DataUnavailableException(
        isOfContent ? DataUnavailableException.Part.RELEASE : DataUnavailableException.Part.ENGINE,
        failure,
        query.isBegun() && !ColumnFailure.isOfConnection(failure));
  }

  /** Emits in the Vert.x context of the caller. */
  static <T> Uni<T> inContext(Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              return context == null
                  ? work
                  : work.emitOn(command -> context.runOnContext(ignored -> command.run()));
            });
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "columns-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the engine has started. */
  public boolean isReady() {
    return engine.isDone() && !engine.isCompletedExceptionally();
  }

  public long scans() {
    return scans.count();
  }

  /** The number of running scans. */
  public int running() {
    return scans.running();
  }

  public double scanSeconds() {
    return scans.seconds();
  }

  /** The number of scans that took too much time, memory or disk, or met a damaged segment. */
  public long givenUp() {
    return givenUp.sum();
  }

  /** The number of streams whose rows have not all been read. */
  public int openStreams() {
    return MAX_STREAMS - streams.availablePermits();
  }

  /** The size of the files to which running scans have spilled. */
  public long spilledBytes() {
    Path spilled = segments.folder().spilled();
    try (Stream<Path> files = Files.list(spilled)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0; // nothing was spilled yet
    }
  }
}
