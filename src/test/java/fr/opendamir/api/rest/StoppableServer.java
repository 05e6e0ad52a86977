package fr.opendamir.api.rest;

import fr.opendamir.ops.FreePort;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.ReleaseHistory;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import fr.opendamir.testing.TraceReceiver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** One small month on a PostgreSQL server that a test stops, starts and locks. */
public final class StoppableServer implements QuarkusTestResourceLifecycleManager {
  /** After which the server gives up a statement of the service. */
  static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(2);

  /** After which the service is no longer alive. */
  static final Duration EVENT_LOOP_LIMIT = Duration.ofSeconds(1);

  private static Path folder;
  private static int port;
  private static EmbeddedPostgres server;
  private static TestDatabase database;
  private static TraceReceiver receiver;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("stoppable-server");
      port = FreePort.next();
      startServer();
      database = TestDatabase.on(port);
      publish("202401", "A202401.csv");
      Map<String, String> settings =
          ServedDatabase.settings(database.settings(), STATEMENT_TIMEOUT);
      settings.put("opendamir.health.event-loop-limit", EVENT_LOOP_LIMIT.toMillis() + "ms");
      receiver = new TraceReceiver();
      settings.put("opendamir.tracing.endpoint", receiver.endpoint());
      settings.put("quarkus.log.file.enabled", "true");
      settings.put("quarkus.log.file.json.enabled", "true");
      settings.put("quarkus.log.file.path", log().toString());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of traces so far. */
  static String traces() {
    return receiver.received();
  }

  /** What the service logs, an object a line. */
  static Path log() {
    return folder.resolve("service.log");
  }

  /** Withdraws all releases by hand, or puts them back, and leaves it to the service to see it. */
  static void setStatus(String status) throws SQLException {
    execute("UPDATE control.release SET status = '" + status + "'; NOTIFY opendamir_release");
  }

  /** Of the owner's connection. */
  public static DatabaseSettings settings() {
    return database.settings();
  }

  /** Runs a statement as the owner of the database. */
  public static void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Starts it, again if it was stopped. */
  public static void startServer() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(folder.resolve("postgres"))
            .setCleanDataDirectory(false)
            .setLocaleConfig("locale", "C")
            .start();
  }

  /** Stops it; what it holds stays. */
  public static void stopServer() throws IOException {
    server.close();
  }

  /** Imports a month beside the running service. */
  public static void publish(String month, String name) throws IOException {
    Path file = new RawMonth(month).line(20, "600.5", "420").writeTo(folder, name);
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), file));
  }

  /** Imports a month of other lines and the same sums in the place of one that was published. */
  public static void replace(String month, String name) throws IOException {
    Path file =
        new RawMonth(month)
            .line(10, "300.25", "210")
            .line(10, "300.25", "210")
            .writeTo(folder, name);
    ServedDatabase.require(database.replaceFiles(folder.resolve("tmp"), file));
  }

  /** Makes an earlier release the newest again. */
  public static void rollBack(String release) {
    new ReleaseHistory(database.settings()).rollBack(release);
  }

  @Override
  public void stop() {
    try {
      receiver.stop();
      stopServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
