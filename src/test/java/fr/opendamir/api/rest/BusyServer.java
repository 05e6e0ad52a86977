package fr.opendamir.api.rest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The {@link StoppableServer} with a short line before it, and no trusted proxy. */
public final class BusyServer implements QuarkusTestResourceLifecycleManager {
  private final StoppableServer server = new StoppableServer();

  /** After the resources that all tests have: its settings take the place of theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(server.start());
    // Held up for as long as a test needs, not for as long as a statement may take.
    settings.put(
        "quarkus.datasource.figures.reactive.additional-properties.statement_timeout", "60000");
    settings.put("opendamir.access.database.concurrency", "3");
    settings.put("opendamir.access.database.queue", "2");
    settings.put("opendamir.access.database.longest-wait", "60s");
    settings.put("opendamir.access.plans.anonymous.concurrency", "4");
    // Units come back every 173 seconds: one at most while a test counts them.
    settings.put("opendamir.access.plans.anonymous.daily.quota", "500");
    settings.put("opendamir.access.plans.anonymous.burst.quota", "400");
    return settings;
  }

  @Override
  public void stop() {
    server.stop();
  }
}
