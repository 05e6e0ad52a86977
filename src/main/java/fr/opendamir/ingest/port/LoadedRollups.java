package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rollups of an import, to be loaded into the database.
 *
 * @param rows by grouping
 * @param csv in the order of {@link LoadColumns#rollups}; empty if there are no rollups
 */
public record LoadedRollups(Map<Grouping, Long> rows, Optional<Path> csv) {
  public LoadedRollups {
    rows = new LinkedHashMap<>(rows);
  }

  /** Total rows of all rollups. */
  public long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
