package fr.opendamir.api.rest;

import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A month of {@value #SERVICES} services of four age bands each, some more than a million blocks:
 * made in the database, for what matters is how many there are.
 */
public final class ManyBlocks implements QuarkusTestResourceLifecycleManager {
  static final int SERVICES = 250_010;

  private static TestDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      database = TestDatabase.create();
      Path folder = Files.createTempDirectory("many-blocks");
      Path month = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
      ServedDatabase.require(database.importFiles(folder.resolve("tmp"), month));
      multiply();
      Map<String, String> settings = ServedDatabase.settings(database.settings());
      settings.put("opendamir.http.stall-limit", "4s");
      settings.put("opendamir.access.database.concurrency", "16");
      settings.put("opendamir.access.streams.places", "2");
      settings.put("opendamir.access.streams.places-of-caller", "2");
      settings.put("opendamir.access.streams.guaranteed", "1s");
      settings.put("opendamir.access.proxies.trusted", "127.0.0.1");
      settings.put("opendamir.access.plans.anonymous.burst.quota", "10000000");
      settings.put("opendamir.access.plans.anonymous.daily.quota", "10000000");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void multiply() throws SQLException {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      PublishedBlocks.change(
          database.settings(),
          """
          INSERT INTO block SELECT block.* REPLACE (
            ['0', '20', '30', '40'][1 + n %% 4] AS age_band, (100000 + n // 4)::VARCHAR AS service,
            11 + n AS quantity, n AS reimbursed)
          FROM block, range(%d) r(n)
          """
              .formatted(4 * SERVICES));
      // What the import says of itself, as if it had made them.
      statement.execute("UPDATE control.import SET blocks = %d".formatted(4 * SERVICES + 1));
      statement.execute("DELETE FROM control.import_rollup");
    }
  }

  /** The first number that a statement of the database's owner returns. */
  static long count(String sql) {
    try (Connection connection = owner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection owner() throws SQLException {
    return DriverManager.getConnection(
        database.settings().url(), database.settings().username(), "");
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
