package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away, stopping or full from a statement that is wrong. */
final class Availability {
  /** Connection, resources, operator intervention, and a statement that ran out of time. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57");

  private Availability() {}

  /** The failure to pass on: one that asks for patience where the database is away. */
  static Throwable translate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof ClosedConnectionException
          || (cause instanceof PgException refused && isTemporary(refused))) {
        return new DataUnavailableException(failure);
      }
    }
    return failure;
  }

  private static boolean isTemporary(PgException refused) {
    String state = refused.getSqlState();
    return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
  }
}
