package fr.opendamir.cli;

import fr.opendamir.ingest.port.Awaited;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.FutureTask;

/**
 * Keeps the server from listening before the database is fit to be served from. All that Quarkus
 * does before needs its address only.
 */
final class DatabaseGate {
  /** The gate of this process; none in tests, which start the server on a database of theirs. */
  private static volatile DatabaseGate closed;

  private final FutureTask<Void> work;

  private DatabaseGate(Runnable work) {
    this.work = new FutureTask<>(work, null);
  }

  /** Does the work on a thread of its own; the server listens once it is done. */
  static DatabaseGate close(Runnable work) {
    DatabaseGate gate = new DatabaseGate(work);
    closed = gate;
    Thread thread = new Thread(gate.work, "database");
    thread.setDaemon(true);
    thread.start();
    return gate;
  }

  /** Waits for the work; throws what failed in it. */
  void await() {
    var unused = Awaited.of(work);
  }

  /** Waits for the work, whether it fails or not. */
  void awaitEnd() {
    try {
      await();
    } catch (RuntimeException | Error e) {
      // reported where the database was needed
    }
  }

  /** Where Quarkus waits: it has made the routes, and will open the ports. */
  @Dependent
  static class Opening {
    void await(@Observes @Priority(1) Router router) {
      DatabaseGate gate = closed;
      if (gate != null) {
        gate.await();
      }
    }
  }
}
