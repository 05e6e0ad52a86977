package fr.opendamir.api.http;

import fr.opendamir.access.KeysUnavailableException;
import fr.opendamir.query.DataUnavailableException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Tells the operator of requests that failed. While the database is away all of them do, for one
 * reason: that takes one line a second, and no stack traces that fill the disk.
 */
public final class FailureLog {
  private static final Logger LOG = Logger.getLogger(FailureLog.class);
  private static final long SECOND = 1_000_000_000;

  private static final AtomicLong UNTOLD = new AtomicLong();
  private static final AtomicLong TOLD_AT = new AtomicLong(System.nanoTime() - SECOND);

  private FailureLog() {}

  /** A request failed for a reason that is not its caller's. */
  public static void failed(String requestId, Throwable failure) {
    if (!isAway(failure)) {
      LOG.errorf(failure, "request %s failed", requestId);
      return;
    }
    long untold = UNTOLD.incrementAndGet();
    long toldAt = TOLD_AT.get();
    long now = System.nanoTime();
    if (now - toldAt >= SECOND && TOLD_AT.compareAndSet(toldAt, now)) {
      UNTOLD.addAndGet(-untold);
      LOG.errorf(
          "request %s failed, one of %d since this was last said: %s",
          requestId, untold, rootMessage(failure));
    }
  }

  private static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataUnavailableException || cause instanceof KeysUnavailableException) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
