package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sums of atoms.
 *
 * @param lines number of lines of the file that they were summed from
 * @param totals cents, or acts for the quantity
 */
public record AtomTotals(long lines, Map<SourceMeasure, Long> totals) {
  /** Sums archived atoms; empty if their file is damaged. */
  public static Optional<AtomTotals> read(Path atoms, AggregationSettings settings) {
    try (DuckDbSession session = new DuckDbSession(settings)) {
      return Optional.of(of(session, "read_parquet(%s)".formatted(DuckDbSession.literal(atoms))));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** Sums the atoms of a table. */
  static AtomTotals of(DuckDbSession session, String table) {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    long[] lines = new long[1];
    session.forEach(
        "SELECT coalesce(sum(lines), 0)::BIGINT AS lines, %s FROM %s"
            .formatted(
                Arrays.stream(SourceMeasure.values())
                    .map(m -> "coalesce(sum(%s), 0)::BIGINT AS %s".formatted(m.id(), m.id()))
                    .collect(joining(", ")),
                table),
        row -> {
          lines[0] = row.getLong("lines");
          for (SourceMeasure measure : SourceMeasure.values()) {
            totals.put(measure, row.getLong(measure.id()));
          }
        });
    return new AtomTotals(lines[0], totals);
  }
}
