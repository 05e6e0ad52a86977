package fr.opendamir.ingest.port;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Waits for the work of another thread; a failure is thrown as if this thread had done the work.
 */
public final class Awaited {
  private Awaited() {}

  /**
   * Returns the result of the work.
   *
   * @throws IllegalStateException if this thread is interrupted, which it stays marked as
   */
  public static <T> T of(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
