package fr.opendamir.testing;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, which is checked every few milliseconds. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SHORTEST_PAUSE = Duration.ofMillis(5).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();

  private Eventually() {}

  /** Something that becomes true; asking may fail. */
  @FunctionalInterface
  public interface Condition {
    boolean isTrue() throws Exception;
  }

  /** Returns when something accepts connections at a port of this machine. */
  public static void listens(int port) {
    isTrue(
        () -> {
          try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
          } catch (ConnectException e) {
            return false;
          }
        });
  }

  /** Returns when a condition is true, or fails where it is not in time. */
  public static void isTrue(Condition condition) {
    isTrue(LIMIT, condition);
  }

  /** The same, with another limit. */
  public static void isTrue(Duration limit, Condition condition) {
    isTrue(limit, () -> "condition", condition);
  }

  /**
   * The same, with what a failure shows.
   *
   * @param description of the state at the end of the limit
   */
  public static void isTrue(Duration limit, Callable<String> description, Condition condition) {
    long end = System.nanoTime() + limit.toNanos();
    long pause = SHORTEST_PAUSE;
    try {
      while (!condition.isTrue()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not in time: " + description.call());
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
