package fr.opendamir.cli;

import fr.opendamir.ingest.port.Awaited;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DatabaseConfig;
import fr.opendamir.ops.Unpacked;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/**
 * A database that is opened on a thread of its own, while the command does what needs none. Closing
 * waits until it is open, and closes it.
 */
final class OpeningDatabase implements AutoCloseable {
  private final Path folder;
  private final FutureTask<ServingDatabase> opening;

  /**
   * Begins to open the configured database.
   *
   * @param mayAttach whether an embedded database that another process runs will do
   */
  OpeningDatabase(boolean mayAttach) {
    DatabaseConfig config = CommandConfig.read(DatabaseConfig.class);
    Unpacked unpacked = ServingDatabase.unpacked(config);
    this.folder = config.folder();
    this.opening = new FutureTask<>(() -> ServingDatabase.open(config, unpacked, mayAttach));
    Thread thread = new Thread(opening, "database");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where temporary data may go. */
  Path folder() {
    return folder;
  }

  /** Waits for the database; throws what keeps it from being opened. */
  ServingDatabase get() {
    return Awaited.of(opening);
  }

  @Override
  public void close() {
    ServingDatabase database;
    try {
      database = get();
    } catch (RuntimeException e) {
      return; // it is not open, which the command has reported
    }
    database.close();
  }
}
