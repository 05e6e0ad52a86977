package fr.opendamir.ingest.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The attempts at one thing, with longer and longer waits between them. */
final class Attempts {
  /** Work that another attempt may do better. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private final String what;
  private final List<Duration> waits;
  private int failures;

  /**
   * Begins with none.
   *
   * @param what is attempted, for the message
   * @param waits before the second attempt and those after it
   */
  Attempts(String what, List<Duration> waits) {
    this.what = what;
    this.waits = waits;
  }

  /** Works until it succeeds. */
  <T> T until(Work<T> work) {
    while (true) {
      try {
        return work.run();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /** Forgets failures: what was attempted goes forward. */
  void succeeded() {
    failures = 0;
  }

  /**
   * Waits for the next attempt, longer if the server asked for it.
   *
   * @throws FetchException if this was the last one
   */
  void failed(IOException failure) {
    if (failures == waits.size()) {
      String count = failures == 0 ? "" : " (after " + (failures + 1) + " attempts)";
      throw new FetchException(
          what + ": " + Web.reason(failure) + count + "; try again later", failure);
    }
    Duration wait = waits.get(failures++);
    if (failure instanceof RefusedForNowException refused && refused.wait.compareTo(wait) > 0) {
      wait = refused.wait;
    }
    sleep(wait);
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException("interrupted", e);
    }
  }
}
