package fr.opendamir.store;

import fr.opendamir.query.CellStream;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.ResultRow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cells held by a cursor that has outlived its transaction, on a connection of its own: no lock and
 * no snapshot is kept, so that a slow reader delays nobody who publishes or withdraws a month.
 */
final class HeldCells implements CellStream {
  static final String CURSOR = "answer";

  /** Rows of one visit to the database, which are all that is in memory: some 100 kB as CSV. */
  static final int FETCH_SIZE = 1000;

  /**
   * After which cells that nobody has begun to take are closed. A request that is cancelled at the
   * moment when they are handed over never sees them, so nobody else can close them.
   */
  private static final Duration UNTAKEN = Duration.ofSeconds(10);

  private final SqlConnection connection;
  private final RowReader rows;
  private final int publishedImports;
  private final long total;
  private final Runnable afterClose;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile Cancellable untaken = () -> {};

  HeldCells(
      SqlConnection connection,
      RowReader rows,
      int publishedImports,
      long total,
      Runnable afterClose) {
    this.connection = connection;
    this.rows = rows;
    this.publishedImports = publishedImports;
    this.total = total;
    this.afterClose = afterClose;
  }

  /** To be called when the cells are handed over: from now on somebody has to take them. */
  void expectTaken() {
    untaken =
        Uni.createFrom()
            .voidItem()
            .onItem()
            .delayIt()
            .by(UNTAKEN)
            .subscribe()
            .with(
                now -> {
                  var unused = close().subscribe().with(done -> {});
                });
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
  public Uni<List<ResultRow>> next() {
    untaken.cancel();
    if (isClosed.get()) {
      // The connection may be another question's by now.
      return Uni.createFrom().failure(new IllegalStateException("these cells are closed"));
    }
    // Not prepared: a prepared FETCH would remember the columns of another question.
    return connection
        .query("FETCH " + FETCH_SIZE + " FROM " + CURSOR)
        .execute()
        .map(
            fetched -> {
              List<ResultRow> read = new ArrayList<>(fetched.size());
              fetched.forEach(row -> read.add(rows.read(row)));
              return read;
            })
        .onFailure()
        .transform(DataUnavailableException::new); // all is computed: only the connection can fail
  }

  @Override
  public Uni<Void> close() {
    if (!isClosed.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    untaken.cancel();
    // Statements of a connection run one after the other: this waits for a FETCH under way.
    return connection
        .query("CLOSE ALL")
        .execute()
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull() // the connection is gone, and the cursor with it
        .chain(connection::close)
        .onTermination()
        .invoke(afterClose);
  }
}
