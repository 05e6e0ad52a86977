package fr.opendamir.columns;

import fr.opendamir.catalog.Measure;
import fr.opendamir.query.CellStream;
import fr.opendamir.query.ResultRow;
import fr.opendamir.query.StreamedQuestion;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rows that the engine computes, counts first and then hands out as they are fetched. The sorted
 * rows are in the engine, which spills them to the disk, and not in the heap.
 */
final class ColumnStream implements CellStream {
  /** Rows of one fetch, the only ones in the heap: some 100 kB as CSV. */
  private static final int FETCH_SIZE = 1_000;

  private static final int COLUMNS_BEFORE_COVERAGE = 2;

  /**
   * Time after which rows that were never fetched are closed. A request that is cancelled just as
   * they are handed over does not receive them and cannot close them.
   */
  private static final Duration UNTAKEN = Duration.ofSeconds(10);

  private final ColumnFigures figures;
  private final Scans scans;
  private final ExecutorService workers;
  private final ScheduledExecutorService deadlines;
  private final Runnable afterClose;
  private final ColumnQuery counting;
  private final ColumnQuery rows;
  private ResultSet read;
  private JdbcRows reader;
  private List<ResultRow> first;
  private long total;
  private int publishedImports;
  private Map<Measure, BigDecimal> coverage = Map.of();
  private ScheduledFuture<?> untaken;
  private boolean isClosed;

  /**
   * Prepares a stream.
   *
   * @param afterClose called once, when all is closed or opening failed
   */
  ColumnStream(
      StreamedQuestion question,
      ColumnFigures figures,
      Scans scans,
      ExecutorService workers,
      ScheduledExecutorService deadlines,
      Runnable afterClose) {
    this.figures = figures;
    this.scans = scans;
    this.workers = workers;
    this.deadlines = deadlines;
    this.afterClose = afterClose;
    this.counting = new ColumnQuery(question.size(), workers);
    this.rows = new ColumnQuery(question.rows(), workers);
  }

  /** Computes the rows, on a thread that may block. */
  void compute(UniEmitter<? super CellStream> emitter) {
    try {
      total = scans.counted(counting, this::count);
      first = scans.counted(rows, this::firstRows);
      untaken =
          deadlines.schedule(
              () -> workers.execute(this::closeNow), UNTAKEN.toMillis(), TimeUnit.MILLISECONDS);
      emitter.complete(this);
    } catch (Throwable e) { // also if memory runs out: the request must not wait forever
      emitter.fail(figures.failure(rows.isBegun() ? rows : counting, e));
      closeNow();
    }
  }

  /** The request is cancelled; also called, to no effect, when the rows are handed over. */
  void abandon() {
    if (untaken == null) {
      counting.cancel();
      rows.cancel();
    }
  }

  private long count() throws SQLException {
    try (counting) {
      ResultSet count = figures.execute(counting);
      count.next();
      publishedImports = count.getInt(1);
      coverage = JdbcRows.coverage(counting.question(), count, COLUMNS_BEFORE_COVERAGE);
      return count.getLong(2);
    }
  }

  /** Read at once, because engines compute when rows are asked for. */
  private List<ResultRow> firstRows() throws SQLException {
    read = figures.execute(rows);
    reader = new JdbcRows(rows.question(), read, 0);
    return fetch();
  }

  @Override
  public int publishedImports() {
    return publishedImports;
  }

  @Override
  public long total() {
    return total;
  }

  @Override
  public Map<Measure, BigDecimal> coverage() {
    return coverage;
  }

  @Override
  public Uni<List<ResultRow>> next() {
    untaken.cancel(false);
    if (first != null) {
      List<ResultRow> taken = first;
      first = null;
      return Uni.createFrom().item(taken);
    }
    return ColumnFigures.inContext(
        Uni.createFrom()
            .emitter(
                emitter ->
                    workers.execute(
                        () -> {
                          try {
                            emitter.complete(scans.bounded(rows, this::fetch));
                          } catch (Throwable e) {
                            emitter.fail(figures.failure(rows, e));
                          }
                        })));
  }

  private synchronized List<ResultRow> fetch() throws SQLException {
    if (isClosed) {
      throw new CancellationException("these rows are closed");
    }
    List<ResultRow> fetched = new ArrayList<>(FETCH_SIZE);
    while (fetched.size() < FETCH_SIZE && read.next()) {
      fetched.add(reader.read());
    }
    return fetched;
  }

  @Override
  public Uni<Void> close() {
    return ColumnFigures.inContext(
        Uni.createFrom()
            .emitter(
                emitter ->
                    workers.execute(
                        () -> {
                          emitter.complete(null);
                          closeNow();
                        })));
  }

  private synchronized void closeNow() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    if (untaken != null) {
      untaken.cancel(false);
    }
    try {
      rows.close();
    } catch (SQLException e) {
      throw new IllegalStateException("rows cannot be closed", e);
    } finally {
      afterClose.run();
    }
  }
}
