package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that readers of figures get, byte for byte. */
class SegmentFileTest {
  private static final int MEBIBYTES = 256;

  @TempDir static Path folder;

  private static Path file;
  private static Path segment;
  private static BlockSums sums;
  private static SourceTotals source;
  private static ProtectionSummary protection;

  @BeforeAll
  static void exportOnce() throws IOException {
    file = folder.resolve("A202501.csv");
    var unused =
        new SyntheticFileWriter(2).write(SyntheticMonth.of(YearMonth.of(2025, 1), 20_000, 7), file);
    try (MonthAggregation month = ProtectedMonth.open(file, ProtectedMonth.POLICY, MEBIBYTES, 2)) {
      source = month.scan((lines, share) -> {});
      protection = month.protect(Optional.empty());
      LoadedSegment exported = month.export();
      assertThat(exported.sums().blocks()).isEqualTo(protection.blocks());
      segment = kept(exported.file(), "expected.parquet");
      sums = month.sums(List.of(segment));
    }
  }

  @Test
  void addsUpToTheFileToTheCent() {
    assertThat(sums.totals()).isEqualTo(source.totals());
    assertThat(sums.blocks()).isEqualTo(protection.blocks()).isGreaterThan(500);
  }

  @Test
  void hasTheMonthTheCodesAndTheSumsAndNoContributors() throws SQLException {
    assertThat(query("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM %s)"))
        .containsExactlyElementsOf(
            LoadColumns.segment().stream()
                .map(name -> name + (SourceLines.MEASURES.contains(name) ? " BIGINT" : " VARCHAR"))
                .toList());
    assertThat(LoadColumns.segment()).hasSize(1 + 15 + 6).doesNotContain("contributors");
    assertThat(query("SELECT DISTINCT month FROM %s")).containsExactly("2025-01");
  }

  /** The order could otherwise tell, say, which blocks were merged last. */
  @Test
  void theOrderOfRowsFollowsFromCodesAndAmounts() throws SQLException {
    List<String> rows = query("SELECT r::VARCHAR FROM %s r");
    String order =
        Stream.concat(
                Stream.of(
                    "service",
                    "exemption",
                    "supplement",
                    "insurance",
                    "provider_specialty",
                    "facility_type",
                    "provider_activity",
                    "care_lag",
                    "sex",
                    "age_band",
                    "region",
                    "complementary_cover"),
                SourceLines.MEASURES.stream())
            .collect(joining(", "));
    assertThat(query("SELECT r::VARCHAR FROM (FROM %s ORDER BY hash(charged)) r ORDER BY " + order))
        .isEqualTo(rows);
  }

  @Test
  void theCoarserLevelsAreThoseOfTheCatalog() throws SQLException {
    Catalog catalog = Catalog.load();
    for (Level level : List.of(Level.SERVICE_GROUP, Level.SERVICE_KIND, Level.EXEMPTION_GROUP)) {
      String dimension = level.dimension().id();
      assertThat(query("SELECT DISTINCT %s || ' ' || %s FROM %%s".formatted(dimension, level.id())))
          .isNotEmpty()
          .allSatisfy(
              pair -> {
                String[] codes = pair.split(" ", -1);
                assertThat(codes[1]).isEqualTo(catalog.coarser(level, codes[0]));
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 1", "256, 4", "64, 2"})
  void equalBlocksGiveEqualBytes(int mebibytes, int threads) throws IOException {
    try (MonthAggregation month =
        ProtectedMonth.open(file, ProtectedMonth.POLICY, mebibytes, threads)) {
      assertThat(month.scan((lines, share) -> {}).lines()).isPositive();
      assertThat(month.protect(Optional.empty()).blocks()).isPositive();

      assertThat(month.export().file()).hasSameBinaryContentAs(segment);
    }
  }

  /** What a database of an earlier version is converted to. */
  @Test
  void blocksFromCsvGiveTheSameRowsInTheSameOrder() throws IOException, SQLException {
    Path csv = folder.resolve("blocks.csv");
    Files.write(
        csv,
        query(
            "SELECT concat_ws(',', %s) FROM %%s ORDER BY hash(charged)"
                .formatted(String.join(", ", LoadColumns.segment()))));
    try (SegmentWriter writer = writer()) {
      LoadedSegment converted = writer.write(csv);

      String rows = "SELECT r::VARCHAR FROM %s r";
      assertThat(query(converted.file(), rows)).isEqualTo(query(rows));
      assertThat(converted.sums().blocks()).isEqualTo(protection.blocks());
    }
  }

  @Test
  void noBlocksAreAFileWithoutRows() throws IOException {
    try (SegmentWriter writer = writer()) {
      LoadedSegment empty = writer.write(Files.createFile(folder.resolve("empty.csv")));

      assertThat(empty.sums().blocks()).isZero();
      assertThat(writer.sums(List.of(empty.file(), segment))).isEqualTo(sums);
    }
  }

  @Test
  void aFileThatIsCutShortIsNotSummed() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    Path cut = folder.resolve("cut.parquet");
    try (var out = Files.newOutputStream(cut)) {
      out.write(bytes, 0, bytes.length / 2);
    }
    try (SegmentWriter writer = writer()) {
      assertThatThrownBy(() -> writer.sums(List.of(cut))).isInstanceOf(IllegalStateException.class);
    }
  }

  private static SegmentWriter writer() throws IOException {
    return new SegmentWriter(
        new AggregationSettings(
            Files.createTempDirectory(folder, "writer"), MEBIBYTES * 1024L * 1024, 2));
  }

  private static Path kept(Path exported, String name) throws IOException {
    return Files.copy(exported, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> query(String sql) throws SQLException {
    return query(segment, sql);
  }

  private static List<String> query(Path parquet, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted("read_parquet('" + parquet + "')"))) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}
