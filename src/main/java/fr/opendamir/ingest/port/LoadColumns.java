package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns, in order, of the files that the import writes and the database loads or stores. CSV
 * files have no header line; the columns have the names used in the database.
 */
public final class LoadColumns {
  private LoadColumns() {}

  /**
   * Columns of a segment: the month, the codes at every level, the measures. Contributors are not
   * among them.
   */
  public static List<String> segment() {
    return Stream.of(
            Stream.of("month"),
            Grouping.possibleLevels().stream().map(Level::id),
            Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id))
        .flatMap(names -> names)
        .toList();
  }

  /** Columns of a file of rollups: the id of the rollup, the levels except months, the sums. */
  public static List<String> rollups() {
    return Stream.of(
            Stream.of("rollup_id"),
            Grouping.possibleLevels().stream().map(Level::id),
            SumColumn.all().stream().map(SumColumn::id))
        .flatMap(names -> names)
        .toList();
  }
}
