package fr.opendamir.ingest.synthetic;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work of other threads inside methods that read or write. */
final class Pending {

  private Pending() {}

  /**
   * @throws IOException if the work failed
   * @throws InterruptedIOException if the waiting thread was interrupted; it stays marked so
   */
  static <T> T get(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while generating");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw new IOException("generation failed: " + e.getCause(), e.getCause());
    }
  }
}
