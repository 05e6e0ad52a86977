package fr.opendamir.columns;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.Validity;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseMonth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * Makes derived files, in a separate DuckDB with one thread and with rows in the order of their
 * codes: equal segments give equal bytes on every service.
 */
final class DerivedTables implements AutoCloseable {
  private static final String OPTIONS =
      "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880";

  private final SegmentFolder segments;
  private final Catalog catalog;
  private final Connection connection;

  DerivedTables(ColumnsConfig config, SegmentFolder segments, Catalog catalog) throws SQLException {
    this.segments = segments;
    this.catalog = catalog;
    Properties properties = new Properties();
    properties.setProperty("memory_limit", config.memoryMb() + "MiB");
    properties.setProperty("threads", "1");
    this.connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    run("SET preserve_insertion_order = true");
    for (String setting :
        DuckDb.confinement(config, segments.path(), segments.spilled() + "-files")) {
      run(setting);
    }
  }

  /** The version of DuckDB, because another one may write other bytes. */
  static String libraryVersion() throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  /** All codes with their labels and months, as text. */
  static String labels(Catalog catalog) {
    return Arrays.stream(Level.values())
        .flatMap(
            level ->
                Stream.concat(catalog.codes(level).stream(), catalog.reservedCodes(level).stream())
                    .map(
                        entry ->
                            level
                                + "\t"
                                + entry.code()
                                + "\t"
                                + entry.label()
                                + "\t"
                                + entry.validity()))
        .collect(joining("\n"));
  }

  /**
   * Writes the sums by month and the levels of the cube, month by month, so that memory is needed
   * for one month only.
   *
   * @return the number of rows
   * @throws IllegalStateException if the rows do not add up to the totals of the release
   */
  long writeCube(Release release, Path target) throws SQLException {
    String codes = ReleaseFile.CUBE_LEVELS.stream().map(Level::id).collect(joining(", "));
    run(
        "CREATE TABLE cube (month VARCHAR, %s, %s)"
            .formatted(
                ReleaseFile.CUBE_LEVELS.stream()
                    .map(level -> level.id() + " VARCHAR")
                    .collect(joining(", ")),
                measures("%s BIGINT")));
    for (ReleaseMonth month : release.months()) {
      run(
          "INSERT INTO cube SELECT month, %1$s, %2$s FROM %3$s GROUP BY month, %1$s ORDER BY %1$s"
              .formatted(codes, measures("sum(%1$s)::BIGINT AS %1$s"), blocks(List.of(month))));
    }
    requireTotals(release);
    return write("cube", target);
  }

  private void requireTotals(Release release) throws SQLException {
    Map<SourceMeasure, Long> found = new EnumMap<>(SourceMeasure.class);
    try (Statement statement = connection.createStatement();
        ResultSet sums =
            statement.executeQuery(
                "SELECT " + measures("coalesce(sum(%1$s), 0)::BIGINT AS %1$s") + " FROM cube")) {
      sums.next();
      for (SourceMeasure measure : SourceMeasure.values()) {
        found.put(measure, sums.getLong(measure.id()));
      }
    }
    Map<SourceMeasure, Long> expected = DerivedFiles.totals(release);
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "the segments of release %s add up to %s instead of %s"
              .formatted(release.id(), found, expected));
    }
  }

  /**
   * Writes the codes of all levels: listed, reserved and undocumented codes.
   *
   * @return the number of rows
   */
  long writeCodes(Release release, Path target) throws SQLException {
    run(
        ReleaseFile.CODE_COLUMNS.stream()
            .map(name -> name + " VARCHAR")
            .collect(joining(", ", "CREATE TABLE codes (", ")")));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Dimension dimension : Dimension.values()) {
        List<Level> levels =
            Level.of(dimension).stream().filter(level -> !level.isCarePeriod()).toList();
        Set<String> finest = finest(levels.get(0), release);
        for (int i = 0; i < levels.size(); i++) {
          Optional<Level> coarser =
              i + 1 < levels.size() ? Optional.of(levels.get(i + 1)) : Optional.empty();
          insert(insert, levels.get(i), coarser, finest);
        }
      }
      insert.executeBatch();
    }
    return write("codes", target);
  }

  /** All codes of the finest level of a dimension: listed, reserved and undocumented codes. */
  private Set<String> finest(Level level, Release release) throws SQLException {
    Set<String> codes = listed(level);
    if (level.dimension() == Dimension.MONTH) {
      release.monthList().forEach(month -> codes.add(month.toString()));
      return codes;
    }
    try (Statement statement = connection.createStatement();
        ResultSet occurring =
            statement.executeQuery(
                "SELECT DISTINCT %s FROM %s".formatted(level.id(), blocks(release.months())))) {
      while (occurring.next()) {
        codes.add(occurring.getString(1));
      }
    }
    return codes;
  }

  private Set<String> listed(Level level) {
    return Stream.concat(catalog.codes(level).stream(), catalog.reservedCodes(level).stream())
        .map(CodeEntry::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void insert(
      PreparedStatement insert, Level level, Optional<Level> coarser, Set<String> finest)
      throws SQLException {
    Set<String> codes = listed(level);
    Map<String, String> parents = new HashMap<>();
    for (String code : finest) {
      String own = catalog.coarser(level, code);
      codes.add(own);
      coarser.ifPresent(next -> parents.put(own, catalog.coarser(next, code)));
    }
    for (String code : codes) {
      Label label = catalog.label(level, code);
      insert.setString(1, level.dimension().id());
      insert.setString(2, level.id());
      insert.setString(3, code);
      insert.setString(4, label.in(Language.FR));
      insert.setString(5, label.in(Language.EN));
      insert.setString(6, coarser.map(Level::id).orElse(null));
      insert.setString(7, parents.get(code));
      Validity validity = catalog.validity(level, code);
      insert.setString(8, validity.from().map(YearMonth::toString).orElse(null));
      insert.setString(9, validity.to().map(YearMonth::toString).orElse(null));
      insert.addBatch();
    }
  }

  /** Writes a table in the order of its rows; returns their number. */
  private long write(String table, Path target) throws SQLException {
    run("COPY %s TO %s (%s)".formatted(table, DuckDb.quoted(target.toString()), OPTIONS));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private String blocks(List<ReleaseMonth> months) {
    return months.stream()
        .flatMap(month -> month.imports().stream())
        .flatMap(stored -> stored.blockSegment().stream())
        .map(segment -> DuckDb.quoted(segments.path(segment).toString()))
        .collect(joining(", ", "read_parquet([", "], hive_partitioning = false)"));
  }

  private static String measures(String format) {
    return Arrays.stream(SourceMeasure.values())
        .map(measure -> format.formatted(measure.id()))
        .collect(joining(", "));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
