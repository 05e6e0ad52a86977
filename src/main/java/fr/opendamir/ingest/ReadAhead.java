package fr.opendamir.ingest;

import fr.opendamir.ingest.port.Awaited;
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
 * with the one before it, or none. Closing interrupts the preparation and waits for its end.
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
  private final boolean ahead;
  private final IntFunction<PreparedFile> preparation;
  private int started;
  private Future<PreparedFile> next;

  /**
   * Starts with the first file.
   *
   * @param count number of files
   * @param ahead whether to prepare a file while the caller is busy with another
   * @param preparation of the file with an index from 0
   */
  ReadAhead(int count, boolean ahead, IntFunction<PreparedFile> preparation) {
    this.count = count;
    this.ahead = ahead;
    this.preparation = preparation;
    startNext();
  }

  private void startNext() {
    int index = started;
    started++;
    next = index < count ? thread.submit(() -> preparation.apply(index)) : null;
  }

  @Override
  public boolean hasNext() {
    return next != null || started < count;
  }

  /** Waits for the next file and may start the one after it. The caller closes what is returned. */
  @Override
  public PreparedFile next() {
    if (next == null) {
      if (started >= count) {
        throw new NoSuchElementException();
      }
      startNext();
    }
    PreparedFile prepared = result();
    next = null;
    if (ahead) {
      startNext();
    }
    return prepared;
  }

  private PreparedFile result() {
    try {
      return Awaited.of(next);
    } catch (RuntimeException | Error e) {
      if (next.isDone()) {
        next = null;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    var unused = thread.shutdownNow();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        // It ends at the next block of the file.
      }
      if (next != null && next.isDone()) {
        next.get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // Its result is no longer needed.
    }
  }
}
