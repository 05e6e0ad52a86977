package fr.opendamir.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;

/**
 * Cancels the running statement of a connection. A cancel request uses a connection of its own and
 * may arrive late, so the cancelled connection is returned to the pool only when none is on its
 * way.
 */
final class StatementCancellation {
  private static final Duration REPEAT_AFTER = Duration.ofMillis(50);

  /** Seconds within which the server delivers a cancel request that it has received. */
  private static final String LATE = "0.3";

  private static final String QUERY_CANCELED = "57014";

  private final SqlConnection connection;
  private Uni<Void> sending = Uni.createFrom().voidItem();
  private int sent;
  private boolean hasEnded;

  StatementCancellation(SqlConnection connection) {
    this.connection = connection;
  }

  /** Sends cancel requests until the statements have ended. */
  void start() {
    Uni<Void> untilEnded = Uni.createFrom().deferred(this::sendUntilEnded).memoize().indefinitely();
    synchronized (this) {
      if (hasEnded) {
        return;
      }
      sending = untilEnded;
    }
    var unused = untilEnded.subscribe().with(done -> {}, failure -> {});
  }

  /** Repeats the request, because one that arrives between two statements has no effect. */
  private Uni<Void> sendUntilEnded() {
    synchronized (this) {
      if (hasEnded) {
        return Uni.createFrom().voidItem();
      }
      sent++;
    }
    return PgConnection.cast(connection)
        .cancelRequest()
        .onFailure()
        .recoverWithNull()
        .onItem()
        .delayIt()
        .by(REPEAT_AFTER)
        .chain(this::sendUntilEnded);
  }

  /**
   * Called when the statements have ended. A cancel request that arrives late would cancel the next
   * statement on the connection; if that is possible, a statement that only waits is run first.
   *
   * @param failure null if the statements succeeded
   * @return completes, and never fails, when the connection may be used again
   */
  Uni<Void> ended(Throwable failure) {
    Uni<Void> sendingEnds;
    synchronized (this) {
      hasEnded = true;
      sendingEnds = sending;
    }
    return sendingEnds.chain(
        () ->
            mayArriveLate(failure)
                ? connection
                    .query("SELECT pg_sleep(" + LATE + ")")
                    .execute()
                    .replaceWithVoid()
                    .onFailure()
                    .recoverWithNull()
                : Uni.createFrom().voidItem());
  }

  private synchronized boolean mayArriveLate(Throwable failure) {
    return sent > 1 || (sent == 1 && !isCancelled(failure));
  }

  private static boolean isCancelled(Throwable failure) {
    return failure instanceof PgException refused && QUERY_CANCELED.equals(refused.getSqlState());
  }
}
