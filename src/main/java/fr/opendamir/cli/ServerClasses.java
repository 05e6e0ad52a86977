package fr.opendamir.cli;

import io.quarkus.runtime.Application;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The classes of the server, initialised while the database starts: Quarkus does half of its own
 * start when its generated class is initialised, and needs no database for it.
 */
final class ServerClasses {
  private final CompletableFuture<Void> initialised = new CompletableFuture<>();

  private ServerClasses() {}

  /** Begins to initialise them. System properties that they read must be set before. */
  static ServerClasses begin() {
    ServerClasses classes = new ServerClasses();
    Thread thread = new Thread(classes::initialise, "server-classes");
    thread.setDaemon(true); // a database that cannot be used ends the process
    thread.start();
    return classes;
  }

  private void initialise() {
    try {
      var unused =
          Class.forName(
              Application.APP_CLASS_NAME, true, Thread.currentThread().getContextClassLoader());
      initialised.complete(null);
    } catch (ClassNotFoundException | LinkageError e) {
      initialised.completeExceptionally(e);
    }
  }

  /**
   * Waits until they are initialised.
   *
   * @throws CompletionException with the reason if they cannot be
   */
  void await() {
    initialised.join();
  }
}
