package fr.opendamir.api.admin;

import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** A service without months whose administration is on. */
public final class AdministeredKeys implements QuarkusTestResourceLifecycleManager {
  static final String TOKEN = "a-token-for-tests-only";

  private static DatabaseSettings database;

  @Override
  public Map<String, String> start() {
    database = TestDatabase.create().settings();
    Map<String, String> settings = new HashMap<>(ServedDatabase.settings(database));
    settings.put("opendamir.admin.token", TOKEN);
    settings.put("opendamir.access.wrong-keys.window", "1s"); // others wait for its end
    settings.put("opendamir.http.management-hosts", "management.example");
    settings.put("opendamir.usage.flush-interval", "1H");
    return settings;
  }

  /** The database as its owner. */
  static DatabaseSettings database() {
    return database;
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
