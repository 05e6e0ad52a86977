package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rollups of an import, to be loaded into the database.
 *
 * @param rows by grouping, of the rollups in PostgreSQL
 * @param csv in the order of {@link LoadColumns#rollups}; empty if there are no such rollups
 * @param segments the larger rollups
 */
public record LoadedRollups(
    Map<Grouping, Long> rows, Optional<Path> csv, List<LoadedSegment> segments) {
  public LoadedRollups {
    rows = new LinkedHashMap<>(rows);
    segments = List.copyOf(segments);
  }

  /** Rows by grouping, of the rollups in both places. */
  public Map<Grouping, Long> all() {
    Map<Grouping, Long> all = new LinkedHashMap<>(rows);
    segments.forEach(segment -> all.put(segment.grouping().orElseThrow(), segment.sums().blocks()));
    return all;
  }
}
