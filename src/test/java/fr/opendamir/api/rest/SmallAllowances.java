package fr.opendamir.api.rest;

import fr.opendamir.testing.ServedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@link ServedMonths}, with allowances that a test can use up: almost every question about
 * them costs 3 units. Tests stand behind a trusted proxy, so that each can be a caller of its own;
 * windows are long, so that none ends meanwhile.
 */
public final class SmallAllowances implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(ServedDatabase.settings(ServedMonths.own()));
    plan(settings, "anonymous", 10, 1000, 30);
    plan(settings, "partner", 20, 2000, 60);
    settings.put("opendamir.access.proxies.trusted", "127.0.0.0/8,::1/128");
    settings.put("opendamir.usage.flush-interval", "1H");
    return settings;
  }

  private static void plan(
      Map<String, String> settings, String name, int burst, int daily, int requests) {
    String prefix = "opendamir.access.plans." + name + ".";
    settings.put(prefix + "burst.quota", String.valueOf(burst));
    settings.put(prefix + "burst.window", "3600s");
    settings.put(prefix + "daily.quota", String.valueOf(daily));
    settings.put(prefix + "requests.quota", String.valueOf(requests));
    settings.put(prefix + "requests.window", "3600s");
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
