package fr.opendamir.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, which is looked at every few milliseconds. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Eventually() {}

  /** Something that becomes true; asking may fail. */
  @FunctionalInterface
  public interface Condition {
    boolean isTrue() throws Exception;
  }

  /** Returns when a condition is true, or fails where it is not in time. */
  public static void isTrue(Condition condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!condition.isTrue()) {
        assertThat(System.nanoTime()).as("in time").isLessThan(end);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
