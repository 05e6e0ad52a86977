package fr.opendamir.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks after a server of our own: where it died, it is started again, at once and then ever more
 * seldom, but for as long as it takes. A disk that is full today may have room tomorrow.
 */
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServerWatch.class);

  private final BooleanSupplier isRunning;
  private final Supplier<Optional<String>> start;
  private final Duration interval;
  private final Duration longestPause;
  private final Thread thread;
  private volatile boolean isClosed;

  /**
   * Watches from now on.
   *
   * @param start starts it; returns the reason if it could not
   * @param interval how often it is looked at, and the first pause after a start that failed; each
   *     one after it is twice as long
   * @param longestPause between two starts
   */
  ServerWatch(
      BooleanSupplier isRunning,
      Supplier<Optional<String>> start,
      Duration interval,
      Duration longestPause) {
    this.isRunning = isRunning;
    this.start = start;
    this.interval = interval;
    this.longestPause = longestPause;
    this.thread = new Thread(this::watch, "database-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    Duration pause = interval;
    boolean wasRunning = true;
    try {
      while (!isClosed) {
        boolean runs = isRunning.getAsBoolean();
        if (runs && !wasRunning) {
          LOG.info("the embedded database runs again");
        } else if (!runs && wasRunning) {
          LOG.warn("the embedded database died; known answers are served until it runs again");
          Thread.sleep(interval.toMillis()); // what is left of it must go first
        }
        wasRunning = runs;
        pause = runs ? interval : restart(pause);
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Returns how long to leave it alone. */
  private Duration restart(Duration lastPause) {
    Optional<String> failure = start.get();
    if (failure.isEmpty()) {
      return interval;
    }
    Duration doubled = lastPause.multipliedBy(2);
    Duration pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    LOG.errorf(
        "the embedded database cannot be started: %s; tried again in %d ms",
        failure.get(), pause.toMillis());
    return pause;
  }

  /** Ends the watch, before the server is stopped; waits for a start that is under way. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
