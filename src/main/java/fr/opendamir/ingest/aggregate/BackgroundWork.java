package fr.opendamir.ingest.aggregate;

import fr.opendamir.ingest.port.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Work on the tables of a session on a thread of its own, beside what is done with them there: one
 * piece after the other. Tables that both use must not change meanwhile, but for rows that are
 * appended. Closing waits for the piece in progress.
 */
final class SideWork implements AutoCloseable {
  private final DuckDbSession session;
  private final List<Future<?>> pieces = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread beside = new Thread(work, "beside");
            beside.setDaemon(true);
            return beside;
          });

  /**
   * Prepares work on the tables of a session.
   *
   * @param session to be closed after this
   */
  SideWork(DuckDbSession session) {
    this.session = session.beside();
  }

  /** Starts a piece as soon as those before are done. */
  void start(Consumer<DuckDbSession> piece) {
    pieces.add(thread.submit(() -> piece.accept(session)));
  }

  /** Waits until everything is done; throws what kept it from that. */
  void finish() {
    pieces.forEach(Awaited::of);
  }

  @Override
  public void close() {
    boolean wasInterrupted = Thread.interrupted();
    pieces.forEach(piece -> piece.cancel(false));
    thread.shutdown();
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        hasEnded = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    session.close();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
