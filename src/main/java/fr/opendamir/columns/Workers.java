package fr.opendamir.columns;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that read and write files. */
final class Workers {
  /** For a scan that does not hear of its interruption. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private Workers() {}

  /**
   * Interrupts what they do and waits for its end: afterwards their files may be removed, or be
   * those of another store.
   */
  static void stop(ExecutorService... all) {
    for (ExecutorService workers : all) {
      var unused = workers.shutdownNow();
    }
    long deadline = System.nanoTime() + LONGEST_END.toNanos();
    try {
      for (ExecutorService workers : all) {
        var unused = workers.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
