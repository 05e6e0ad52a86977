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
 * Work on the tables of a session on a thread of its own, one task after the other. Tables that
 * both threads use must not change meanwhile, except for rows that are appended. Closing waits for
 * the task in progress.
 */
final class BackgroundWork implements AutoCloseable {
  private final DuckDbSession session;
  private final List<Future<?>> tasks = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread background = new Thread(work, "background");
            background.setDaemon(true);
            return background;
          });

  /**
   * Prepares work on the tables of a session.
   *
   * @param session to be closed after this
   */
  BackgroundWork(DuckDbSession session) {
    this.session = session.duplicate();
  }

  /** Starts a task as soon as the tasks before it are done. */
  void start(Consumer<DuckDbSession> task) {
    tasks.add(thread.submit(() -> task.accept(session)));
  }

  /** Waits for all tasks; throws the failure of the first that failed. */
  void finish() {
    tasks.forEach(Awaited::of);
  }

  @Override
  public void close() {
    boolean wasInterrupted = Thread.interrupted();
    tasks.forEach(task -> task.cancel(false));
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
