package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.LoadColumns;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The file of a segment. Equal blocks give equal bytes: rows are sorted by their codes and then
 * their amounts, so that their order reveals nothing either.
 */
final class SegmentFile {
  /** Rows of a segment without blocks. */
  static final String NO_ROWS =
      "SELECT %s WHERE false"
          .formatted(
              LoadColumns.segment().stream()
                  .map(name -> "NULL::%s AS %s".formatted(type(name), name))
                  .collect(joining(", ")));

  /** The order that compressed the blocks of a month best, among the orders tried. */
  private static final List<Level> ORDER =
      List.of(
          Level.SERVICE_CODE,
          Level.EXEMPTION_REASON,
          Level.SUPPLEMENT,
          Level.INSURANCE,
          Level.PROVIDER_SPECIALTY,
          Level.FACILITY_TYPE,
          Level.PROVIDER_ACTIVITY,
          Level.CARE_LAG,
          Level.SEX,
          Level.AGE_BAND,
          Level.REGION,
          Level.COMPLEMENTARY_COVER);

  /** Pages of version 2 are scanned in half the time of version 1, Snappy faster than zstd. */
  private static final String OPTIONS =
      "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880";

  private SegmentFile() {}

  /**
   * Writes a segment.
   *
   * @param rows statement that selects the columns of {@link LoadColumns#segment}
   */
  static void write(DuckDbSession session, String rows, Path target) {
    write(session, rows, Grouping.possibleLevels().stream(), ORDER.stream(), target);
  }

  /**
   * Writes a rollup as a segment.
   *
   * @param rows statement that selects the columns of {@link LoadColumns#segment} that the grouping
   *     covers
   */
  static void write(DuckDbSession session, String rows, Grouping grouping, Path target) {
    // A grouping by a coarser level does not have the finest one.
    write(
        session,
        rows,
        Grouping.possibleLevels().stream().filter(grouping::covers),
        ORDER.stream()
            .map(finest -> finest.dimension())
            .flatMap(
                dimension ->
                    grouping.levels().stream().filter(level -> level.dimension() == dimension)),
        target);
  }

  /**
   * Codes may be enumerations: they are sorted as such, which is faster, and written as text,
   * because DuckDB 2.0 loses rare values of enumerations that it writes to Parquet.
   */
  private static void write(
      DuckDbSession session, String rows, Stream<Level> levels, Stream<Level> order, Path target) {
    session.run("SET preserve_insertion_order = true");
    session.run(
        "COPY (SELECT * REPLACE (%s) FROM (%s ORDER BY %s)) TO %s (%s)"
            .formatted(
                levels
                    .map(level -> "%1$s::VARCHAR AS %1$s".formatted(level.id()))
                    .collect(joining(", ")),
                rows,
                Stream.concat(order.map(Level::id), measures()).collect(joining(", ")),
                DuckDbSession.literal(target),
                OPTIONS));
    session.run("SET preserve_insertion_order = false");
  }

  /** The rows of a CSV file with the columns of {@link LoadColumns#segment}. */
  static String csvRows(Path csv) {
    return "SELECT * FROM read_csv(%s, auto_detect = false, header = false, columns = {%s})"
        .formatted(
            DuckDbSession.literal(csv),
            LoadColumns.segment().stream()
                .map(name -> "'%s': '%s'".formatted(name, type(name)))
                .collect(joining(", ")));
  }

  /** Sums all rows of some segments. */
  static BlockSums sums(DuckDbSession session, List<Path> segments) {
    return sums(
        session,
        segments.stream()
            .map(DuckDbSession::literal)
            .collect(joining(", ", "read_parquet([", "])")));
  }

  /** Sums all rows of a table or table function. */
  static BlockSums sums(DuckDbSession session, String from) {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    long[] blocks = new long[1];
    session.forEach(
        "SELECT count(*) AS blocks, %s FROM %s"
            .formatted(
                measures()
                    .map(name -> "coalesce(sum(%1$s), 0)::BIGINT AS %1$s".formatted(name))
                    .collect(joining(", ")),
                from),
        row -> {
          blocks[0] = row.getLong("blocks");
          for (SourceMeasure measure : SourceMeasure.values()) {
            totals.put(measure, row.getLong(measure.id()));
          }
        });
    return new BlockSums(blocks[0], totals);
  }

  private static Stream<String> measures() {
    return Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id);
  }

  private static String type(String column) {
    return measures().anyMatch(column::equals) ? "BIGINT" : "VARCHAR";
  }
}
