package fr.opendamir.cli;

import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DatabaseConfig;
import fr.opendamir.ops.DatabasePassword;
import fr.opendamir.ops.EmbeddedDatabase;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseSettings;
import java.nio.file.Path;

/** The database a command works with, embedded or external, at its version; closed at the end. */
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
    ServingDatabase database = connect(config, mayAttach);
    try {
      DatabaseSchema schema = new DatabaseSchema(database.settings);
      if (config.migrate() || database.isEmbedded) {
        schema.migrate();
      } else {
        schema.require();
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Opens the configured database and migrates it, whatever is configured. */
  static ServingDatabase migrate() {
    ServingDatabase database = connect(CommandConfig.read(DatabaseConfig.class), true);
    try {
      new DatabaseSchema(database.settings).migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static ServingDatabase connect(DatabaseConfig config, boolean mayAttach) {
    if (config.url().isPresent()) {
      DatabaseSettings external =
          new DatabaseSettings(
              config.url().get(),
              config.username(),
              DatabasePassword.of(config),
              DatabasePassword.servingSecretOf(config));
      return new ServingDatabase(external, () -> {}, config.folder(), false);
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.open(config.folder(), mayAttach);
    return new ServingDatabase(embedded.settings(), embedded, config.folder(), true);
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
