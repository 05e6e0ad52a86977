package fr.opendamir.api.rest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The least pace at which a client must read an answer. What it read ahead is to its credit.
 *
 * @param stallLimit how far it may be behind
 * @param leastRate bytes in a second
 */
record StreamPace(Duration stallLimit, long leastRate) {
  StreamPace {
    if (leastRate < 1) {
      throw new IllegalArgumentException("opendamir.http.least-rate must be 1 or more");
    }
  }

  /**
   * Nanoseconds from now until a client that has read so many bytes since its start, and reads no
   * more, is too slow.
   */
  long nanosLeft(long nanosSinceStart, long bytes) {
    double due = stallLimit.toNanos() + (double) bytes / leastRate * TimeUnit.SECONDS.toNanos(1);
    return (long) Math.min(due - nanosSinceStart, (double) stallLimit.toNanos());
  }
}
