package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Distinguishes a database that is away, stopping or full from a statement that is wrong. */
final class Availability {
  /** Connection, resources, operator intervention, and a statement that ran out of time. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57");

  private static final int STATE_LENGTH = 5;

  /** A statement that took too long, or too much of a disk, of memory or of temporary files. */
  private static final Set<String> ABORTED = Set.of("57014", "53100", "53200", "53400");

  private Availability() {}

  /** Wraps a failure in {@link DataUnavailableException} if a later retry may succeed. */
  static Throwable translate(Throwable failure) {
    return anyCause(
            failure,
            cause ->
                isNoAnswer(cause)
                    || isPoolTimeout(cause)
                    || stateOf(cause, state -> CLASSES.contains(state.substring(0, 2))))
        ? new DataUnavailableException(
            DataUnavailableException.Part.DATABASE, failure, isAfterWork(failure))
        : failure;
  }

  /** Whether the server aborted a statement that it had begun. */
  private static boolean isAfterWork(Throwable failure) {
    return anyCause(failure, cause -> stateOf(cause, ABORTED::contains));
  }

  private static boolean isNoAnswer(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof ClosedConnectionException
        || stateOf(cause, state -> state.startsWith("08"));
  }

  /** The pool has no exception type for a timeout. */
  private static boolean isPoolTimeout(Throwable cause) {
    return (cause instanceof VertxException || cause instanceof NoStackTraceThrowable)
        && cause.getMessage() != null
        && cause.getMessage().startsWith("Timeout");
  }

  private static boolean stateOf(Throwable cause, Predicate<String> wanted) {
    return cause instanceof PgException refused
        && refused.getSqlState() != null
        && refused.getSqlState().length() == STATE_LENGTH
        && wanted.test(refused.getSqlState());
  }

  private static boolean anyCause(Throwable failure, Predicate<Throwable> wanted) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (wanted.test(cause)) {
        return true;
      }
    }
    return false;
  }
}
