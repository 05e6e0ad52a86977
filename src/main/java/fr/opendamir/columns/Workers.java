package fr.opendamir.columns;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Stops the threads that read and write files. */
final class Workers {
  /** How long to wait for a scan that does not react to an interrupt. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private Workers() {}

  /**
   * Interrupts the threads and waits until they end: afterwards their files may be removed or used
   * by another store.
   */
  static void stop(ExecutorService... all) {
    for (ExecutorService workers : all) {
      var unused = workers.shutdownNow();
    }
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    try {
      for (ExecutorService workers : all) {
        var unused = workers.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
