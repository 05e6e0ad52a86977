package fr.opendamir.api.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The minimum pace at which a client must read an answer. A client that reads faster gains a
 * reserve.
 *
 * @param stallLimit how far a client may fall behind
 * @param leastRate bytes per second
 */
public record StreamPace(Duration stallLimit, long leastRate) {
  public StreamPace {
    if (leastRate < 1) {
      throw new IllegalArgumentException("opendamir.http.least-rate must be 1 or more");
    }
  }

  /**
   * Computes the time, in nanoseconds from now, until a client that reads no further bytes is too
   * slow.
   */
  public long nanosLeft(long nanosSinceStart, long bytes) {
    double due = stallLimit.toNanos() + (double) bytes / leastRate * TimeUnit.SECONDS.toNanos(1);
    return (long) Math.min(due - nanosSinceStart, (double) stallLimit.toNanos());
  }
}
