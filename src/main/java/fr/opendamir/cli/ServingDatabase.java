package fr.opendamir.cli;

import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DatabaseConfig;
import fr.opendamir.ops.DatabasePassword;
import fr.opendamir.ops.EmbeddedDatabase;
import fr.opendamir.ops.PreparedDatabase;
import fr.opendamir.ops.Unpacked;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.ReleaseHistory;
import java.nio.file.Path;
import java.util.Optional;

/** The database a command works with, embedded or external, at its version; closed at the end. */
final class ServingDatabase implements AutoCloseable {
  private final DatabaseSettings settings;
  private final AutoCloseable server;
  private final Path folder;
  private final Optional<EmbeddedDatabase> embedded;
  private final boolean migrates;
  private final Unpacked unpacked;
  private Optional<String> pinning = Optional.empty();

  private ServingDatabase(
      DatabaseSettings settings,
      AutoCloseable server,
      Path folder,
      Optional<EmbeddedDatabase> embedded,
      boolean migrates,
      Unpacked unpacked) {
    this.settings = settings;
    this.server = server;
    this.folder = folder;
    this.embedded = embedded;
    this.migrates = migrates;
    this.unpacked = unpacked;
  }

  /**
   * Opens the configured database.
   *
   * @param mayAttach whether an embedded database that another process runs will do
   */
  static ServingDatabase open(boolean mayAttach) {
    DatabaseConfig config = CommandConfig.read(DatabaseConfig.class);
    return open(config, unpacked(config), mayAttach);
  }

  /**
   * Opens a database.
   *
   * @param unpacked is closed with it, also where it does not open
   */
  static ServingDatabase open(DatabaseConfig config, Unpacked unpacked, boolean mayAttach) {
    ServingDatabase database = prepare(config, unpacked, mayAttach);
    try {
      database.start();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Takes the configured database, which no other process may run: from now on its settings are
   * known, but it cannot be reached before {@link #start}.
   */
  static ServingDatabase prepare() {
    DatabaseConfig config = CommandConfig.read(DatabaseConfig.class);
    return prepare(config, unpacked(config), false);
  }

  /** Takes a prepared database where an embedded one is empty. */
  void takeIfEmpty(PreparedDatabase prepared) {
    embedded.ifPresent(database -> database.takeIfEmpty(prepared));
  }

  /** Starts it where it is embedded, and brings or requires it to be at this version. */
  void start() {
    embedded.ifPresent(EmbeddedDatabase::start);
    if (migrates) {
      bringToThisVersion();
    } else {
      new DatabaseSchema(settings).require();
    }
  }

  /** Opens the configured database and migrates it, whatever is configured. */
  static ServingDatabase migrate() {
    DatabaseConfig config = CommandConfig.read(DatabaseConfig.class);
    ServingDatabase database = prepare(config, unpacked(config), true);
    try {
      database.embedded.ifPresent(EmbeddedDatabase::start);
      database.bringToThisVersion();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void bringToThisVersion() {
    DatabaseSchema schema = new DatabaseSchema(settings);
    schema.migrate();
    if (schema.lacksSegments()) {
      ConfiguredImport.segmentConversion(this).run(System.err::println);
    }
    pinReferences();
  }

  /** An import that runs at the moment pins the references itself. */
  private void pinReferences() {
    try {
      pinning = new ReleaseHistory(settings).pinReferences();
      pinning.ifPresent(
          release -> System.err.println("Release " + release + " pins new references."));
    } catch (ImportRefusedException e) {
      System.err.println("References are not loaded: " + e.getMessage());
    }
  }

  /** The release that opening published, because other reference tables were pinned before. */
  Optional<String> pinning() {
    return pinning;
  }

  /** From now on an embedded database that dies is started again. */
  void keepRunning() {
    embedded.ifPresent(EmbeddedDatabase::keepRunning);
  }

  /** What to do about an embedded database whose folder has no room; empty where it has. */
  String spaceHint() {
    return embedded.map(EmbeddedDatabase::spaceHint).orElse("");
  }

  /** Where this process unpacks what it needs; to be made before a library is used. */
  static Unpacked unpacked(DatabaseConfig config) {
    return config.url().isPresent() ? Unpacked.temporary() : Unpacked.below(config.folder());
  }

  private static ServingDatabase prepare(
      DatabaseConfig config, Unpacked unpacked, boolean mayAttach) {
    if (config.url().isPresent()) {
      DatabaseSettings external =
          new DatabaseSettings(
              config.url().get(),
              config.username(),
              DatabasePassword.of(config),
              DatabasePassword.servingSecretOf(config));
      return new ServingDatabase(
          external, () -> {}, config.folder(), Optional.empty(), config.migrate(), unpacked);
    }
    try {
      EmbeddedDatabase embedded = EmbeddedDatabase.prepare(config.folder(), mayAttach);
      return new ServingDatabase(
          embedded.settings(), embedded, config.folder(), Optional.of(embedded), true, unpacked);
    } catch (RuntimeException e) {
      unpacked.close();
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
        embedded.isPresent()
            ? "archive"
            : "archive-" + Integer.toHexString(settings.url().hashCode()));
  }

  /** Where segments go if the operator names no folder: beside the database, or nowhere lasting. */
  Path segmentsFolder() {
    return (embedded.isPresent() ? folder : unpacked.folder()).resolve("segments");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the database does not stop", e);
    } finally {
      unpacked.close();
    }
  }
}
