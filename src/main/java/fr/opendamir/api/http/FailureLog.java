package fr.opendamir.api.http;

import fr.opendamir.access.KeysUnavailableException;
import fr.opendamir.query.DataUnavailableException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Logs requests that failed on the server side. While the database is unavailable all requests fail
 * for the same reason; these failures are logged once a second and without stack traces, so that
 * they do not fill the disk.
 */
public final class FailureLog {
  private static final Logger LOG = Logger.getLogger(FailureLog.class);
  private static final long SECOND = 1_000_000_000;

  private static final AtomicLong UNREPORTED = new AtomicLong();
  private static final AtomicLong REPORTED_AT = new AtomicLong(System.nanoTime() - SECOND);

  private FailureLog() {}

  /** Logs a request that failed for a reason other than the caller's. */
  public static void failed(String requestId, Throwable failure) {
    if (!isAway(failure)) {
      LOG.errorf(failure, "request %s failed", requestId);
      return;
    }
    long unreported = UNREPORTED.incrementAndGet();
    long reportedAt = REPORTED_AT.get();
    long now = System.nanoTime();
    if (now - reportedAt >= SECOND && REPORTED_AT.compareAndSet(reportedAt, now)) {
      UNREPORTED.addAndGet(-unreported);
      LOG.errorf(
          "request %s failed, one of %d since this was last said: %s",
          requestId, unreported, rootMessage(failure));
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
