package fr.opendamir.cli;

import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DatabaseConfig;
import fr.opendamir.ops.DatabasePassword;
import fr.opendamir.ops.EmbeddedDatabase;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseSettings;
import java.nio.file.Path;

/** The database a command works with, embedded or external, migrated; closed at the end. */
final class ServingDatabase implements AutoCloseable {
  private final DatabaseSettings settings;
  private final AutoCloseable server;
  private final Path folder;
  private final boolean isEmbedded;

  private ServingDatabase(
      DatabaseSettings settings, AutoCloseable server, Path folder, boolean isEmbedded) {
    this.settings = settings;
    this.server = server;
    this.folder = folder;
    this.isEmbedded = isEmbedded;
  }

  /**
   * Opens the configured database.
   *
   * @param mayAttach whether an embedded database that another process runs will do
   */
  static ServingDatabase open(boolean mayAttach) {
    DatabaseConfig config = CommandConfig.read(DatabaseConfig.class);
    ServingDatabase database;
    if (config.url().isPresent()) {
      DatabaseSettings external =
          new DatabaseSettings(config.url().get(), config.username(), DatabasePassword.of(config));
      database = new ServingDatabase(external, () -> {}, config.folder(), false);
    } else {
      EmbeddedDatabase embedded = EmbeddedDatabase.open(config.folder(), mayAttach);
      database = new ServingDatabase(embedded.settings(), embedded, config.folder(), true);
    }
    try {
      new DatabaseSchema(database.settings).migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  DatabaseSettings settings() {
    return settings;
  }

  /** Where temporary data may go. */
  Path folder() {
    return folder;
  }

  /**
   * Where atoms are kept: one folder a database, for an import removes what its database has not.
   */
  Path archiveFolder() {
    return folder.resolve(
        isEmbedded ? "archive" : "archive-" + Integer.toHexString(settings.url().hashCode()));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the database does not stop", e);
    }
  }
}
