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
 * Rows held by a cursor that has outlived its transaction, on a dedicated connection. There is no
 * lock and no snapshot, so that a slow client does not delay publishing or withdrawing a month.
 */
final class HeldCells implements CellStream {
  static final String CURSOR = "answer";

  /** Rows of one fetch, the only ones in memory: some 100 kB as CSV. */
  static final int FETCH_SIZE = 1000;

  /**
   * Time after which rows that were never fetched are closed. A request that is cancelled just as
   * they are handed over does not receive them and cannot close them.
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

  /** Starts the time in which the first rows must be fetched. */
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
      // The connection may serve another question already.
      return Uni.createFrom().failure(new IllegalStateException("these rows are closed"));
    }
    // Not prepared: a prepared FETCH would keep the columns of another question.
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
