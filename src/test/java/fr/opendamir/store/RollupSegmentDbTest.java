package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Larger rollups, which are segments beside the blocks. */
class RollupSegmentDbTest {
  private static final int LINES = 6_000;

  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.create();

  @Test
  void eachAddsUpToTheBlocksByItsLevels() throws SQLException {
    importMonth(ManyBlocks.month("202401", LINES, 1));
    List<String> levels = query("SELECT levels FROM figures.segment WHERE levels <> 'blocks'");

    assertThat(levels).hasSizeGreaterThan(3);
    Path blocks = file(1, "blocks");
    for (String grouping : levels) {
      Grouping parsed = Grouping.parse(grouping).orElseThrow();
      assertThat(parsed.covers(Level.SERVICE_KIND)).as(grouping).isTrue();
      List<String> columns =
          Stream.concat(
                  Stream.of("month"),
                  Grouping.possibleLevels().stream().filter(parsed::covers).map(Level::id))
              .toList();
      String sums =
          Arrays.stream(SourceMeasure.values())
              .map(measure -> "sum(%1$s)::BIGINT AS %1$s".formatted(measure.id()))
              .collect(Collectors.joining(", "));
      Path file = file(1, grouping);
      assertThat(duckDb("SELECT r::VARCHAR FROM '%s' r ORDER BY 1".formatted(file)))
          .as(grouping)
          .isEqualTo(
              duckDb(
                  "SELECT r::VARCHAR FROM (SELECT %s, %s FROM '%s' GROUP BY ALL) r ORDER BY 1"
                      .formatted(String.join(", ", columns), sums, blocks)))
          .hasSize(
              Integer.parseInt(
                  query(
                          "SELECT rows::text FROM figures.segment WHERE levels = '%s'"
                              .formatted(grouping))
                      .get(0)));
    }
  }

  @Test
  void theyStayWithinTheirBudget() throws SQLException {
    importMonth(ManyBlocks.month("202401", LINES, 1));

    assertThat(
            query(
                "SELECT (sum(rows) FILTER (WHERE levels <> 'blocks') <= 2 * max(rows) FILTER (WHERE levels = 'blocks'))::text FROM figures.segment"))
        .containsExactly("true");
  }

  @Test
  void laterMonthsFollowTheSameChoice() throws SQLException {
    importMonth(ManyBlocks.month("202401", LINES, 1));
    importMonth(ManyBlocks.month("202402", LINES + 300, 2));

    assertThat(
            query(
                "SELECT place || ' ' || count(*) FROM control.rollup_choice GROUP BY place ORDER BY 1"))
        .containsExactly("database 1", "segments 1");
    assertThat(levelsOf(2)).isNotEmpty();
    assertThat(query("SELECT count(*)::text FROM control.loaded_segment")).containsExactly("0");
  }

  private List<String> levelsOf(long importId) throws SQLException {
    return query("SELECT levels FROM figures.segment WHERE import_id = " + importId);
  }

  private void importMonth(RawMonth month) {
    ImportReport report =
        database
            .importService()
            .run(
                List.of(month.writeTo(folder)),
                database.options(folder.resolve("tmp"), true),
                false,
                new SilentProgress());
    assertThat(report.isComplete()).as("%s", report).isTrue();
  }

  private Path file(long importId, String levels) throws SQLException {
    Path file = folder.resolve(levels + ".parquet");
    try (Connection connection = database.settings().connect();
        PreparedStatement parts =
            connection.prepareStatement(
                "SELECT string_agg(content, ''::bytea ORDER BY position) FROM figures.segment_part"
                    + " WHERE segment_id = (SELECT id FROM figures.segment WHERE import_id = ? AND"
                    + " levels = ?)")) {
      parts.setLong(1, importId);
      parts.setString(2, levels);
      try (ResultSet content = parts.executeQuery()) {
        assertThat(content.next()).isTrue();
        Files.write(file, content.getBytes(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private List<String> query(String sql) throws SQLException {
    return RollupDatabase.query(database.settings(), sql);
  }

  private static List<String> duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }
}
