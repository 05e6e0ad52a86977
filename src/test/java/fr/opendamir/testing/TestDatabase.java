package fr.opendamir.testing;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportService;
import fr.opendamir.store.DatabaseSchema;
import fr.opendamir.store.DatabaseServer;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.PgImportStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A migrated database of its own on one PostgreSQL that the whole test run shares. */
public final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static EmbeddedPostgres server;

  private final DatabaseSettings settings;
  private final Catalog catalog = Catalog.load();
  private final DisclosurePolicy policy = PolicyReader.builtIn();

  private TestDatabase(DatabaseSettings settings) {
    this.settings = settings;
  }

  public static TestDatabase create() {
    int port = server().getPort();
    String name = "test_" + COUNT.incrementAndGet();
    DatabaseServer.ensureDatabase(settings(port, "postgres"), name);
    TestDatabase database = new TestDatabase(settings(port, name));
    new DatabaseSchema(database.settings).migrate();
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
    return new ImportService(catalog, other, new PgImportStore(settings, catalog))
        .run(List.of(files), options(temporaryFolder, true), false, ImportProgress.silent());
  }

  /** Imports files in the place of published months, whose releases are withdrawn. */
  public ImportReport replaceFiles(Path temporaryFolder, Path... files) {
    return importService()
        .run(List.of(files), options(temporaryFolder, true, true), false, ImportProgress.silent());
  }

  public ImportService importService() {
    return new ImportService(catalog, policy, new PgImportStore(settings, catalog));
  }

  public ImportOptions options(Path temporaryFolder, boolean acceptLoss) {
    return options(temporaryFolder, acceptLoss, false);
  }

  private ImportOptions options(Path temporaryFolder, boolean acceptLoss, boolean replace) {
    return new ImportOptions(
        temporaryFolder,
        256L * 1024 * 1024,
        2,
        policy.lossBounds().warnAbove(),
        policy.lossBounds().refuseAbove(),
        acceptLoss,
        replace,
        Optional.of(temporaryFolder.resolveSibling("archive")),
        2,
        false);
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
      } catch (IOException e) {
        throw new UncheckedIOException("the test database cannot start", e);
      }
    }
    return server;
  }

  private static DatabaseSettings settings(int port, String database) {
    return new DatabaseSettings(
        "jdbc:postgresql://localhost:" + port + "/" + database, "postgres", "");
  }
}
