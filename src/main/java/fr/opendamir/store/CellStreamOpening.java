package fr.opendamir.store;

import fr.opendamir.query.CellStream;
import fr.opendamir.query.PreparedQuestion;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Computes a statement into a cursor that outlives its transaction. If the subscriber cancels
 * before that, the statement is cancelled in the database. Either way the connection is released
 * once, and only when no cancel request can still reach it.
 */
final class CellStreamOpening {
  private enum State {
    COMPUTING,
    OPEN,
    ABANDONED
  }

  private final PreparedQuestion question;
  private final Runnable afterClose;
  private final AtomicReference<State> state = new AtomicReference<>(State.COMPUTING);
  private volatile SqlConnection connection;
  private volatile StatementCancellation cancellation;
  private volatile boolean isInTransaction;

  private CellStreamOpening(PreparedQuestion question, Runnable afterClose) {
    this.question = question;
    this.afterClose = afterClose;
  }

  /**
   * Opens the rows of a question.
   *
   * @param afterClose called once, when all is closed or opening failed
   */
  static Uni<CellStream> open(Pool pool, PreparedQuestion question, Runnable afterClose) {
    return Uni.createFrom()
        .emitter(emitter -> new CellStreamOpening(question, afterClose).start(pool, emitter));
  }

  private void start(Pool pool, UniEmitter<? super CellStream> emitter) {
    emitter.onTermination(this::abandon);
    // Not part of the subscriber's chain: its cancellation would leak the connection.
    pool.getConnection()
        .chain(this::compute)
        .subscribe()
        .with(cells -> opened(cells, emitter), failure -> failed(failure, emitter));
  }

  /**
   * Counts the imports after declaring the cursor, which locks the blocks it reads: imports that
   * are still published then cannot be withdrawn before the commit has computed the rows.
   */
  private Uni<HeldCells> compute(SqlConnection taken) {
    cancellation = new StatementCancellation(taken);
    connection = taken;
    return unlessAbandoned()
        // Set before the first statement and until the last one succeeded: after a statement that
        // was cancelled or never sent, the state of the database is unknown.
        .invoke(() -> isInTransaction = true)
        .chain(() -> step("BEGIN READ ONLY"))
        .chain(() -> declare())
        .chain(() -> publishedImports())
        .chain(
            imports ->
                step("COMMIT")
                    .invoke(() -> isInTransaction = false)
                    .chain(() -> step("MOVE FORWARD ALL IN " + HeldCells.CURSOR))
                    .chain(
                        total -> step("MOVE ABSOLUTE 0 IN " + HeldCells.CURSOR).replaceWith(total))
                    .map(
                        total ->
                            new HeldCells(
                                taken, new RowReader(question, 0), imports, total, afterClose)));
  }

  private Uni<Integer> step(String sql) {
    return unlessAbandoned().chain(() -> connection.query(sql).execute()).map(r -> r.rowCount());
  }

  private Uni<Void> declare() {
    Tuple parameters = Tuple.tuple();
    question.parameters().forEach(parameters::addValue);
    return unlessAbandoned()
        .chain(
            () ->
                connection
                    .preparedQuery(
                        "DECLARE "
                            + HeldCells.CURSOR
                            + " SCROLL CURSOR WITH HOLD FOR\n"
                            + question.sql())
                    .execute(parameters))
        .replaceWithVoid();
  }

  private Uni<Integer> publishedImports() {
    return unlessAbandoned()
        .chain(
            () ->
                connection
                    .preparedQuery(
                        "SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($1)")
                    .execute(Tuple.of(question.imports().toArray(Long[]::new))))
        .map(rows -> Math.toIntExact(rows.iterator().next().getLong(0)));
  }

  private Uni<Void> unlessAbandoned() {
    return state.get() == State.ABANDONED
        ? Uni.createFrom().failure(new CancellationException())
        : Uni.createFrom().voidItem();
  }

  private void opened(HeldCells cells, UniEmitter<? super CellStream> emitter) {
    if (state.compareAndSet(State.COMPUTING, State.OPEN)) {
      cells.expectTaken();
      emitter.complete(cells);
    } else {
      giveBack(new CancellationException(), emitter);
    }
  }

  private void failed(Throwable failure, UniEmitter<? super CellStream> emitter) {
    state.compareAndSet(State.COMPUTING, State.OPEN); // nothing is left to cancel
    if (connection == null) {
      afterClose.run();
      emitter.fail(Availability.translate(failure));
    } else {
      giveBack(failure, emitter);
    }
  }

  /** Has no effect once the rows are handed over. */
  private void abandon() {
    if (state.compareAndSet(State.COMPUTING, State.ABANDONED) && connection != null) {
      cancellation.start();
    }
  }

  private void giveBack(Throwable failure, UniEmitter<? super CellStream> emitter) {
    // Returns the connection to the pool without transaction or cursor.
    subscribe(
        cancellation
            .ended(failure)
            .chain(() -> run(isInTransaction ? "ROLLBACK" : "CLOSE ALL"))
            .chain(() -> connection.close())
            .onFailure()
            .recoverWithNull()
            .invoke(
                () -> {
                  afterClose.run();
                  emitter.fail(Availability.translate(failure));
                }));
  }

  private Uni<Void> run(String sql) {
    return connection.query(sql).execute().replaceWithVoid().onFailure().recoverWithNull();
  }

  private static void subscribe(Uni<Void> work) {
    var unused = work.subscribe().with(done -> {}, failure -> {});
  }
}
