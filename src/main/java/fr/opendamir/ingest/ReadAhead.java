package fr.opendamir.ingest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Prepares files on a thread of its own, in their order: one file at most while the caller is busy
 * with the one before it. Closing interrupts the preparation and waits for its end.
 */
final class ReadAhead implements Iterator<PreparedFile>, AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread reader = new Thread(work, "read-ahead");
            reader.setDaemon(true);
            return reader;
          });

  private final int count;
  private final IntFunction<PreparedFile> preparation;
  private int started;
  private Future<PreparedFile> ahead;

  /**
   * Starts with the first file.
   *
   * @param count number of files
   * @param preparation of the file with an index from 0
   */
  ReadAhead(int count, IntFunction<PreparedFile> preparation) {
    this.count = count;
    this.preparation = preparation;
    startNext();
  }

  private void startNext() {
    int index = started;
    started++;
    ahead = index < count ? thread.submit(() -> preparation.apply(index)) : null;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /** Waits for the next file and starts the one after it. The caller closes what is returned. */
  @Override
  public PreparedFile next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    PreparedFile prepared = result();
    startNext();
    return prepared;
  }

  private PreparedFile result() {
    try {
      return ahead.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      ahead = null;
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    var unused = thread.shutdownNow();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        // It ends at the next block of the file.
      }
      if (ahead != null && ahead.isDone()) {
        ahead.get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // What the file was is no longer of interest.
    }
  }
}
