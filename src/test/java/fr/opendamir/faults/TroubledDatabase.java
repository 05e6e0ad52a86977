package fr.opendamir.faults;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** One month in a database whose rows and rights a test changes behind the service's back. */
public final class TroubledDatabase implements QuarkusTestResourceLifecycleManager {
  private static TestDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      database = TestDatabase.create();
      Path folder = Files.createTempDirectory("troubled-database");
      Path file = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
      ServedDatabase.require(database.importFiles(folder.resolve("tmp"), file));
      Map<String, String> settings = new HashMap<>(ServedDatabase.settings(database.settings()));
      settings.put("opendamir.access.enabled", "false");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After resources of other tests, whose settings would else be those of the service. */
  @Override
  public int order() {
    return 1;
  }

  /** Does something as the owner, in one transaction. */
  public static void execute(String sql) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
