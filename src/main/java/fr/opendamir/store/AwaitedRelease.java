package fr.opendamir.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Has the releases looked up again while one is published that cannot be served yet, because its
 * segments are being fetched.
 */
final class AwaitedRelease {
  private static final Logger LOG = Logger.getLogger(AwaitedRelease.class);

  /**
   * Milliseconds between lookups. The first ones follow sooner: a service that starts with all
   * segments on its disk has them at once.
   */
  static final long SHORTEST_PAUSE = 10;

  static final long LONGEST_PAUSE = 200;

  /** Runs work once after a time. */
  @FunctionalInterface
  interface Timer {
    void after(long millis, Runnable work);
  }

  private final Supplier<Optional<String>> awaited;
  private final Timer timer;
  private final Runnable lookUp;
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final AtomicReference<String> last = new AtomicReference<>();
  private final AtomicLong pause = new AtomicLong(SHORTEST_PAUSE);

  /**
   * Starts with no lookup.
   *
   * @param awaited the release that cannot be served yet, by the last lookup
   * @param lookUp looks up the releases, and calls {@link #lookedUp} at the end
   */
  AwaitedRelease(Supplier<Optional<String>> awaited, Timer timer, Runnable lookUp) {
    this.awaited = awaited;
    this.timer = timer;
    this.lookUp = lookUp;
  }

  /** Schedules the next lookup, unless nothing is awaited or one is scheduled already. */
  void lookedUp() {
    String now = awaited.get().orElse(null);
    String before = last.getAndSet(now);
    if (now != null && before == null) {
      LOG.infof("release %s will be served when its segments have been fetched", now);
    } else if (now == null && before != null) {
      LOG.infof("the segments of release %s have been fetched", before);
    }
    if (now == null) {
      pause.set(SHORTEST_PAUSE);
    } else if (isScheduled.compareAndSet(false, true)) {
      timer.after(
          pause.getAndUpdate(millis -> Math.min(2 * millis, LONGEST_PAUSE)),
          () -> {
            isScheduled.set(false);
            lookUp.run();
          });
    }
  }
}
