package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.rollup.BlockSample;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sums the blocks of a month by sets of levels. Codes are enumerations here: grouping by them is
 * faster than by text, and they are exported as the same text.
 */
final class RollupTables {
  private static final String SOURCE = "rollup_source";

  /** Number of blocks used to estimate sizes. */
  private static final long SAMPLE = 15_000;

  private record Table(Grouping grouping, String name, long rows) {}

  private final DuckDbSession session;
  private final Catalog catalog;
  private final List<CodeColumn> columns;
  private final List<Table> tables = new ArrayList<>();
  private long blocks = -1;

  RollupTables(DuckDbSession session, Catalog catalog, List<CodeColumn> columns) {
    this.session = session;
    this.catalog = catalog;
    this.columns = columns;
  }

  /**
   * Returns the codes of a sample of the blocks. The sample is deterministic: equal blocks give the
   * same sample in the same order.
   */
  BlockSample sample() {
    createSource();
    List<Level> levels = Grouping.possibleLevels();
    String codes = levels.stream().map(l -> "enum_code(" + l.id() + ")").collect(joining(", "));
    String finest = levels.stream().filter(Level::isFinest).map(Level::id).collect(joining(", "));
    List<int[]> rows = new ArrayList<>();
    session.forEach(
        "SELECT %s FROM %s WHERE hash(%s) %% %d = 0 ORDER BY hash(%s)"
            .formatted(codes, SOURCE, finest, Math.max(1, blocks / SAMPLE), finest),
        row -> {
          int[] found = new int[levels.size()];
          for (int i = 0; i < found.length; i++) {
            found[i] = row.getInt(i + 1);
          }
          rows.add(found);
        });
    Map<Level, int[]> byLevel = new EnumMap<>(Level.class);
    for (int i = 0; i < levels.size(); i++) {
      int level = i;
      byLevel.put(levels.get(i), rows.stream().mapToInt(row -> row[level]).toArray());
    }
    return new BlockSample(blocks, byLevel);
  }

  /**
   * Builds rollups, in the given order, as long as they fit.
   *
   * @param mostRows maximum number of rows of all of them
   * @return the rows of each; groupings that save nothing or do not fit are omitted
   */
  Map<Grouping, Long> build(List<Grouping> groupings, long mostRows) {
    createSource();
    // Groupings of many levels first: the others are summed from them.
    groupings.stream()
        .sorted(Comparator.comparingInt((Grouping grouping) -> grouping.levels().size()).reversed())
        .forEach(this::create);
    Map<Grouping, Long> fitting = new LinkedHashMap<>();
    long left = mostRows;
    for (Grouping grouping : groupings) {
      long rows = table(grouping).rows();
      if (rows < blocks && rows <= left) {
        fitting.put(grouping, rows);
        left -= rows;
      }
    }
    return fitting;
  }

  /** Writes rollups as CSV in the order of {@link LoadColumns#rollups}. */
  void export(Map<Grouping, Integer> ids, Path target) {
    String rows =
        ids.entrySet().stream()
            .map(entry -> exported(table(entry.getKey()), entry.getValue()))
            .collect(joining(" UNION ALL "));
    session.run(
        "COPY (%s) TO %s (FORMAT csv, HEADER false)"
            .formatted(rows, DuckDbSession.literal(target)));
  }

  /**
   * The blocks with the columns of {@link LoadColumns#segment}, to be selected from; without rows
   * where there are no blocks.
   */
  String segmentRows(YearMonth month) {
    createSource();
    if (blocks == 0) {
      return SegmentFile.NO_ROWS;
    }
    return segmentRows(month, Grouping.possibleLevels().stream(), SOURCE);
  }

  /** The rows of a rollup with those columns of {@link LoadColumns#segment} that it has. */
  String segmentRows(YearMonth month, Grouping grouping) {
    return segmentRows(
        month, Grouping.possibleLevels().stream().filter(grouping::covers), table(grouping).name());
  }

  private static String segmentRows(YearMonth month, Stream<Level> levels, String table) {
    return "SELECT '%s' AS month, %s, %s FROM %s"
        .formatted(
            month,
            levels.map(Level::id).collect(joining(", ")),
            Arrays.stream(SourceMeasure.values())
                .map(m -> "%s AS %s".formatted(SumColumn.ofAll(m).id(), m.id()))
                .collect(joining(", ")),
            table);
  }

  private static String exported(Table table, int id) {
    return "SELECT %d, %s, %s FROM %s"
        .formatted(
            id,
            Grouping.possibleLevels().stream()
                .map(l -> table.grouping().covers(l) ? l.id() + "::VARCHAR" : "NULL::VARCHAR")
                .collect(joining(", ")),
            SumColumn.all().stream().map(SumColumn::id).collect(joining(", ")),
            table.name());
  }

  private void create(Grouping grouping) {
    if (tables.stream().anyMatch(table -> table.grouping().equals(grouping))) {
      return;
    }
    String from =
        tables.stream()
            .filter(table -> table.grouping().covers(grouping))
            .min(Comparator.comparingLong(Table::rows))
            .map(Table::name)
            .orElse(SOURCE);
    String name = "rollup_" + tables.size();
    String levels =
        Grouping.possibleLevels().stream()
            .filter(grouping::covers)
            .map(level -> level.id() + ", ")
            .collect(joining());
    String sums =
        SumColumn.all().stream()
            .map(sum -> "sum(%s)::BIGINT AS %s".formatted(sum.id(), sum.id()))
            .collect(joining(", "));
    session.run(
        "CREATE TABLE %s AS SELECT %s%s FROM %s%s"
            .formatted(name, levels, sums, from, levels.isEmpty() ? "" : " GROUP BY ALL"));
    tables.add(new Table(grouping, name, count(name)));
  }

  private Table table(Grouping grouping) {
    return tables.stream()
        .filter(table -> table.grouping().equals(grouping))
        .findFirst()
        .orElseThrow();
  }

  private long count(String table) {
    return session.number("SELECT count(*) AS rows FROM " + table);
  }

  /** Creates the table of blocks with all their levels and the sums that measures need. */
  private void createSource() {
    if (blocks >= 0) {
      return;
    }
    blocks = count("block");
    if (blocks == 0) {
      return;
    }
    columns.forEach(this::createLevels);
    String isCare =
        SumColumn.CARE_KINDS.stream()
            .map(kind -> "'" + kind + "'")
            .collect(joining(", ", Level.SERVICE_KIND.id() + "::VARCHAR IN (", ")"));
    session.run(
        "CREATE TABLE %s AS SELECT %s, %s FROM block%s"
            .formatted(
                SOURCE,
                Grouping.possibleLevels().stream()
                    .map(level -> levelsOf(level.dimension()) + "." + level.id())
                    .collect(joining(", ")),
                SumColumn.all().stream()
                    .map(
                        sum ->
                            sum.careOnly()
                                ? "CASE WHEN %s THEN %s END AS %s"
                                    .formatted(isCare, sum.measure().id(), sum.id())
                                : sum.measure().id() + " AS " + sum.id())
                    .collect(joining(", ")),
                columns.stream()
                    .map(
                        column ->
                            " JOIN %1$s ON %1$s.code = block.%2$s"
                                .formatted(levelsOf(column.dimension()), column.name()))
                    .collect(joining())));
  }

  /**
   * Creates the table of all levels of the codes of a dimension that occur, as enumerations: to
   * join it takes less time than to render the codes of each block.
   */
  private void createLevels(CodeColumn column) {
    List<Level> coarser = levels(column).stream().filter(level -> !level.isFinest()).toList();
    List<String> rows = new ArrayList<>();
    session.forEach(
        "SELECT %s AS code FROM (SELECT DISTINCT %s FROM block) ORDER BY code"
            .formatted(column.decode(column.name()), column.name()),
        row -> {
          String code = row.getString("code");
          rows.add(
              Stream.concat(
                      Stream.of(column.literal(code)),
                      coarser.stream().map(level -> "'" + catalog.coarser(level, code) + "'"))
                  .collect(joining(", ", "(", ")")));
        });
    String table = levelsOf(column.dimension());
    session.run(
        "CREATE TABLE %s AS SELECT *, %s AS %s FROM (VALUES %s) v(%s)"
            .formatted(
                table,
                column.decode("code"),
                column.name(),
                String.join(", ", rows),
                Stream.concat(Stream.of("code"), coarser.stream().map(Level::id))
                    .collect(joining(", "))));
    for (Level level : levels(column)) {
      session.run(
          "CREATE TYPE code_of_%1$s AS ENUM (SELECT DISTINCT %1$s FROM %2$s ORDER BY %1$s)"
              .formatted(level.id(), table));
      session.run(
          "ALTER TABLE %1$s ALTER COLUMN %2$s TYPE code_of_%2$s".formatted(table, level.id()));
    }
  }

  private static String levelsOf(Dimension dimension) {
    return "levels_of_" + dimension.id();
  }

  private static List<Level> levels(CodeColumn column) {
    return Grouping.possibleLevels().stream()
        .filter(level -> level.dimension() == column.dimension())
        .toList();
  }
}
