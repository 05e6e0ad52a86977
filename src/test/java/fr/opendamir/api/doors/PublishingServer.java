package fr.opendamir.api.doors;

import fr.opendamir.api.rest.StoppableServer;
import fr.opendamir.testing.PublishedBlocks;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@link StoppableServer} with a known number of places before it. Its first month has more
 * rows than a page holds, so that all of them are streamed; what they add to the month is nothing.
 */
public final class PublishingServer implements QuarkusTestResourceLifecycleManager {
  /** Questions that are at the database at one time. */
  static final int PLACES = 16;

  private static final int ROWS = 10_001;

  private final StoppableServer server = new StoppableServer();

  @Override
  public int order() {
    return 1; // after the resources of all tests: these settings replace theirs
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(server.start());
    try {
      StoppableServer.execute(
          """
          UPDATE control.import SET blocks = blocks + %1$d;
          DELETE FROM control.import_rollup
          """
              .formatted(ROWS));
      PublishedBlocks.change(
          StoppableServer.settings(),
"""
INSERT INTO block SELECT block.* REPLACE ((100000 + n)::VARCHAR AS service, 0 AS quantity, 0 AS charged,
  0 AS reimbursed, 0 AS excess_fees, 0 AS reimbursement_base, 0 AS reimbursed_all)
FROM block, range(1, %d + 1) r(n)
"""
              .formatted(ROWS));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    settings.put("opendamir.access.database.concurrency", String.valueOf(PLACES));
    // A stream gives its place back some time after its client has all of it.
    settings.put("opendamir.access.streams.places-of-caller", String.valueOf(PLACES / 2));
    settings.put(
        "quarkus.datasource.figures.reactive.additional-properties.statement_timeout", "60000");
    return settings;
  }

  @Override
  public void stop() {
    server.stop();
  }
}
