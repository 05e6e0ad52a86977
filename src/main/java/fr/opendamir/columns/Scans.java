package fr.opendamir.columns;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts scans and bounds their time. */
final class Scans {
  private static final long WATCH_MILLIS = 50;

  private final Duration limit;
  private final ScheduledExecutorService deadlines;
  private final AtomicInteger running = new AtomicInteger();
  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /**
   * Counts and bounds scans.
   *
   * @param limit the longest time of one scan, and of one fetch of its rows
   * @param deadlines checks the deadlines; never blocked by a scan
   */
  Scans(Duration limit, ScheduledExecutorService deadlines) {
    this.limit = limit;
    this.deadlines = deadlines;
  }

  /** The work of a scan. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Runs work that starts a query, reads rows of it, and is counted as a scan. */
  <T> T counted(ColumnQuery query, Work<T> work) throws SQLException {
    long begin = System.nanoTime();
    count.increment();
    running.incrementAndGet();
    try {
      return bounded(query, work);
    } finally {
      running.decrementAndGet();
      nanos.add(System.nanoTime() - begin);
    }
  }

  /** Runs work on a query, which is stopped when the time is over. */
  <T> T bounded(ColumnQuery query, Work<T> work) throws SQLException {
    long end = System.nanoTime() + limit.toNanos();
    var watch =
        deadlines.scheduleWithFixedDelay(
            () -> query.stopAfter(end), WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } finally {
      watch.cancel(false);
    }
  }

  int running() {
    return running.get();
  }

  long count() {
    return count.sum();
  }

  double seconds() {
    return nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
