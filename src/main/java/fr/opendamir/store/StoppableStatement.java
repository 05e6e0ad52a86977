package fr.opendamir.store;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.CancellationException;

/**
 * Runs a statement, which the database cancels when the result is cancelled. With the methods of
 * the pool it would run to its end although no request waits.
 */
final class StoppableStatement {
  private final String sql;
  private final Tuple parameters;
  private boolean isAbandoned;
  private StatementCancellation cancellation;

  private StoppableStatement(String sql, Tuple parameters) {
    this.sql = sql;
    this.parameters = parameters;
  }

  static Uni<RowSet<Row>> run(Pool pool, String sql, Tuple parameters) {
    return Uni.createFrom()
        .emitter(emitter -> new StoppableStatement(sql, parameters).start(pool, emitter));
  }

  private void start(Pool pool, UniEmitter<? super RowSet<Row>> emitter) {
    emitter.onTermination(this::abandon);
    // Subscribed separately: a cancelled chain would not return the connection.
    var unused =
        pool.getConnection()
            .chain(this::execute)
            .subscribe()
            .with(emitter::complete, emitter::fail);
  }

  private Uni<RowSet<Row>> execute(SqlConnection connection) {
    StatementCancellation own = new StatementCancellation(connection);
    if (isAbandonedOr(own)) {
      return connection.close().chain(() -> Uni.createFrom().failure(new CancellationException()));
    }
    return connection
        .preparedQuery(sql)
        .execute(parameters)
        .onItemOrFailure()
        .call(
            (rows, failure) ->
                own.ended(failure).chain(connection::close).onFailure().recoverWithNull());
  }

  private synchronized boolean isAbandonedOr(StatementCancellation own) {
    cancellation = own;
    return isAbandoned;
  }

  /** Also called, to no effect, when the statement has ended. */
  private void abandon() {
    StatementCancellation started;
    synchronized (this) {
      isAbandoned = true;
      started = cancellation;
    }
    if (started != null) {
      started.start();
    }
  }
}
