package fr.opendamir.testing;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportService;
import fr.opendamir.ops.FreePort;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.PgImportStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A migrated database of its own on one PostgreSQL that all tests of a process share. */
public final class TestDatabase {
  /**
   * System properties with the port of the server, and with the names of shared databases: Quarkus
   * loads this class again for every service that it starts.
   */
  private static final String PROPERTY = "opendamir.test.postgres.";

  private final DatabaseSettings settings;
  private final Catalog catalog = Catalog.load();
  private final DisclosurePolicy policy = PolicyReader.builtIn();

  private TestDatabase(DatabaseSettings settings) {
    this.settings = settings;
  }

  public static TestDatabase create() {
    int port = port();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    execute(port, "CREATE DATABASE " + name + " TEMPLATE " + migrated(port));
    return new TestDatabase(settings(port, name));
  }

  /** A database without contents, migrated once for all that are copied from it. */
  private static String migrated(int port) {
    synchronized (System.getProperties()) {
      String name = System.getProperty(PROPERTY + "migrated");
      if (name == null) {
        name = "migrated";
        execute(port, "CREATE DATABASE " + name);
        new DatabaseSchema(settings(port, name)).migrate();
        System.setProperty(PROPERTY + "migrated", name);
      }
      return name;
    }
  }

  private static void execute(int port, String sql) {
    try (Connection connection = settings(port, "postgres").connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** What makes a database; may fail as imports do. */
  @FunctionalInterface
  public interface Contents {
    void putInto(TestDatabase database) throws IOException;
  }

  /** A database that is filled once for all tests of a process, which only read it. */
  public static TestDatabase shared(String name, Contents contents) throws IOException {
    String existing = System.getProperty(PROPERTY + name);
    if (existing != null) {
      return new TestDatabase(settings(port(), existing));
    }
    TestDatabase database = create();
    contents.putInto(database);
    String url = database.settings.url();
    System.setProperty(PROPERTY + name, url.substring(url.lastIndexOf('/') + 1));
    return database;
  }

  /** The database of a server of one's own, for tests that stop it. */
  public static TestDatabase on(int port) {
    TestDatabase database = new TestDatabase(settings(port, "postgres"));
    new DatabaseSchema(database.settings).migrate();
    return database;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  /** Imports files, accepting whatever detail is lost. */
  public ImportReport importFiles(Path temporaryFolder, Path... files) {
    return importFiles(policy, temporaryFolder, files);
  }

  /** Imports files under another policy than the built-in one, accepting whatever is lost. */
  public ImportReport importFiles(DisclosurePolicy other, Path temporaryFolder, Path... files) {
    return new ImportService(catalog, other, new PgImportStore(settings))
        .run(List.of(files), options(temporaryFolder, true), false, new SilentProgress());
  }

  /** Imports files in the place of published months, whose releases are withdrawn. */
  public ImportReport replaceFiles(Path temporaryFolder, Path... files) {
    return importService()
        .run(
            List.of(files),
            options(temporaryFolder, true, true, false),
            false,
            new SilentProgress());
  }

  /** Imports files whose SHA-256 may be published, accepting whatever detail is lost. */
  public ImportReport importPublicFiles(Path temporaryFolder, Path... files) {
    return importService()
        .run(
            List.of(files),
            options(temporaryFolder, true, false, true),
            false,
            new SilentProgress());
  }

  public ImportService importService() {
    return new ImportService(catalog, policy, new PgImportStore(settings));
  }

  public ImportOptions options(Path temporaryFolder, boolean acceptLoss) {
    return options(temporaryFolder, acceptLoss, false, false);
  }

  private ImportOptions options(
      Path temporaryFolder, boolean acceptLoss, boolean replace, boolean publicSource) {
    return new ImportOptions(
        temporaryFolder,
        256L * 1024 * 1024,
        1,
        policy.lossBounds().warnAbove(),
        policy.lossBounds().refuseAbove(),
        acceptLoss,
        replace,
        Optional.of(temporaryFolder.resolveSibling("archive")),
        temporaryFolder.resolveSibling("archive"),
        2,
        2,
        false,
        publicSource,
        true,
        "test");
  }

  /** The server ends with the process. */
  private static int port() {
    synchronized (System.getProperties()) {
      Integer running = Integer.getInteger(PROPERTY + "port");
      return running != null ? running : start();
    }
  }

  private static int start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setPort(FreePort.next())
              .setLocaleConfig("locale", "C")
              .start();
      System.setProperty(PROPERTY + "port", String.valueOf(server.getPort()));
      return server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException("the test database cannot start", e);
    }
  }

  private static DatabaseSettings settings(int port, String database) {
    return new DatabaseSettings(
        "jdbc:postgresql://localhost:" + port + "/" + database, "postgres", "");
  }
}
