package fr.opendamir.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;

/**
 * Makes the database stop what a connection is doing. A request to cancel travels beside the
 * connection and may arrive late: the connection is given back only when none can be on its way.
 */
final class StatementCancellation {
  private static final Duration REPEAT_AFTER = Duration.ofMillis(50);

  /** Seconds within which the server has passed on a cancellation that it was sent. */
  private static final String LATE = "0.3";

  private static final String QUERY_CANCELED = "57014";

  private final SqlConnection connection;
  private Uni<Void> sending = Uni.createFrom().voidItem();
  private int sent;
  private boolean hasEnded;

  StatementCancellation(SqlConnection connection) {
    this.connection = connection;
  }

  /** Sends requests to cancel until the statements have ended. */
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

  /** A request that comes between two statements is lost, so that one may not be enough. */
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
   * Says that the statements have ended, and how. A cancellation that comes too late would hit the
   * next user of the connection: a short wait absorbs it.
   *
   * @param failure null where they succeeded
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
