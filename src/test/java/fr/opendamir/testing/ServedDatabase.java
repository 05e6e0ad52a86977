package fr.opendamir.testing;

import fr.opendamir.ingest.ImportReport;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A test database as the service under test is told of it. */
public final class ServedDatabase {
  private ServedDatabase() {}

  /** The settings of a service that serves the database as the serving roles. */
  public static Map<String, String> settings(DatabaseSettings database) {
    return settings(database, Duration.ofSeconds(20));
  }

  /** The same, with another time limit of statements. */
  public static Map<String, String> settings(DatabaseSettings database, Duration timeout) {
    Map<String, String> settings = new HashMap<>();
    datasource(settings, "quarkus.datasource", database.as(DatabaseRole.CONTROL), timeout);
    datasource(settings, "quarkus.datasource.figures", database.as(DatabaseRole.READER), timeout);
    datasource(settings, "quarkus.datasource.access", database.as(DatabaseRole.ACCESS), timeout);
    return settings;
  }

  /** Fails where an import published less than it was given. */
  public static void require(ImportReport report) {
    if (!report.isComplete()) {
      throw new IllegalStateException(report.toString());
    }
  }

  private static void datasource(
      Map<String, String> settings, String prefix, DatabaseSettings database, Duration timeout) {
    settings.put(prefix + ".reactive.url", database.reactiveUrl());
    settings.put(
        prefix + ".reactive.additional-properties.statement_timeout",
        String.valueOf(timeout.toMillis()));
    settings.put(prefix + ".username", database.username());
    settings.put(prefix + ".password", database.password());
  }
}
