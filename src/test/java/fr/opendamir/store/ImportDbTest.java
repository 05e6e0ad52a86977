package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.LoadedImport;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportDbTest {
  private static final LoadedRollups NO_ROLLUPS =
      new LoadedRollups(Map.of(), Optional.empty(), List.of());

  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  /** The server ends a closed connection some time later, here after it has dropped its tables. */
  @Test
  void anImportMayBeginAsSoonAsTheOneBeforeIsClosed() throws SQLException {
    for (int i = 0; i < 20; i++) {
      try (ImportLock lock = ImportLock.acquire(database.settings(), false);
          Statement statement = lock.connection().createStatement()) {
        for (int table = 0; table < 20; table++) {
          statement.execute("CREATE TEMPORARY TABLE held_" + table + " (id bigint PRIMARY KEY)");
        }
      }
    }
    new PgImportStore(database.settings()).begin(false).close();
  }

  @Test
  void anImportPublishesBlocksThatAddUpToTheLines() throws SQLException {
    Path file = january().writeTo(folder);

    ImportReport report = database.importFiles(folder.resolve("tmp"), file);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.release()).matches("\\d{4}-\\d{2}-\\d{2}\\.1");
    FileReport month = report.files().get(0);
    assertThat(month.status()).isEqualTo("published");
    assertThat(month.lines()).isEqualTo(3);
    assertThat(month.totals().get("charged").blocks()).isEqualByComparingTo("1600.57");
    assertThat(blocks("SELECT sum(charged) FROM block")).containsExactly("160057");
    assertThat(blocks("SELECT DISTINCT month FROM block")).containsExactly("2024-01");
    assertThat(query("SELECT smallest_block::text FROM control.import")).containsExactly("12");
  }

  @Test
  void theSameFileAgainChangesNothing() throws SQLException {
    Path file = january().writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), file);

    ImportReport again = database.importFiles(folder.resolve("tmp"), file);

    assertThat(again.release()).isNull();
    assertThat(again.isComplete()).isTrue();
    assertThat(again.files().get(0).status()).isEqualTo("unchanged");
    assertThat(query("SELECT count(*)::text FROM control.release")).containsExactly("1");
  }

  @Test
  void aRefusedFileLeavesNoReleaseWithoutIt() throws SQLException {
    Path good = january().writeTo(folder);
    Path bad = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);

    ImportReport report = database.importFiles(folder.resolve("tmp"), bad, good);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.files().get(0).error())
        .isEqualTo(
            "A202402.csv: line 2: column PRS_REM_BSE holds \"5x\", not a number such as 18, 18.4 or"
                + " -.57 with at most two decimals");
    assertThat(report.files().get(1).status()).isEqualTo("loaded");
    assertThat(report.release()).isNull();
    assertThat(query("SELECT count(*)::text FROM control.release")).containsExactly("0");
  }

  @Test
  void aMonthOfFarFewerLinesThanOneOfTheSameImportIsReported() {
    Path few = new RawMonth("202402").line(50, "500", "400").writeTo(folder);

    ImportReport report =
        database.importFiles(folder.resolve("tmp"), few, january().writeTo(folder));

    assertThat(report.files().get(0).warnings()).anyMatch(note -> note.contains("cut off"));
    assertThat(report.files().get(1).warnings()).noneMatch(note -> note.contains("cut off"));
  }

  @Test
  void aMonthOfFarFewerLinesThanAPublishedOneIsReported() {
    var unused = database.importFiles(folder.resolve("tmp"), january().writeTo(folder));
    Path few = new RawMonth("202402").line(50, "500", "400").writeTo(folder);

    ImportReport report = database.importFiles(folder.resolve("tmp"), few);

    assertThat(report.files().get(0).warnings()).anyMatch(note -> note.contains("cut off"));
  }

  @Test
  void aFileThatWouldLoseTooMuchIsRefusedUnlessAccepted() {
    Path file =
        new RawMonth("202401")
            .line(6, "100", "0", "BEN_RES_REG", "24")
            .line(6, "100", "0", "BEN_RES_REG", "27")
            .writeTo(folder);

    ImportReport refused =
        database
            .importService()
            .run(
                List.of(file),
                database.options(folder.resolve("tmp"), false),
                false,
                new SilentProgress());

    assertThat(refused.release()).isNull();
    assertThat(refused.files().get(0).error())
        .contains("100.00 % of the charged amount without its region", "--accept-loss");
    ImportReport accepted = database.importFiles(folder.resolve("tmp"), file);
    assertThat(accepted.release()).isNotNull();
    assertThat(accepted.files().get(0).notDisclosed().get("region").get("charged"))
        .isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void fewerThanElevenContributorsInAllAreRefused() {
    Path file = new RawMonth("202401").line(10, "100", "0").writeTo(folder);

    ImportReport report = database.importFiles(folder.resolve("tmp"), file);

    assertThat(report.release()).isNull();
    assertThat(report.files().get(0).error()).contains("fewer than 11 contributors");
  }

  /** What is synthetic is the content, whatever the name says. */
  @Test
  void genuineFilesReplaceSyntheticOnesAndAreNeverMixedWithThem() throws SQLException {
    Path synthetic = january().synthetic().writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), synthetic);
    Path genuine =
        new RawMonth("202402").line(50, "50", "50").writeTo(folder, "A202402-synthetic.csv");

    ImportReport replaced = database.importFiles(folder.resolve("tmp"), genuine);

    assertThat(blocks("SELECT DISTINCT month FROM block")).containsExactly("2024-02");
    assertThat(replaced.release()).isNotNull();
    ImportReport refused = database.importFiles(folder.resolve("tmp"), synthetic);
    assertThat(refused.files().get(0).error()).contains("either genuine or synthetic");
  }

  @Test
  void twoFilesOfOneMonthInOneImportAreNotGuessedBetween() {
    Path one = january().writeTo(folder, "A202401-a.csv");
    Path other = january().line(30, "3", "3").writeTo(folder, "A202401-b.csv");

    ImportReport report = database.importFiles(folder.resolve("tmp"), one, other);

    assertThat(report.files()).extracting(FileReport::status).containsExactly("loaded", "failed");
    assertThat(report.files().get(1).error()).contains("A202401-a.csv");
    assertThat(report.release()).isNull();
  }

  @Test
  void aSecondImportIsRefusedWhileOneRuns() {
    PgImportStore store = new PgImportStore(database.settings());
    try (ImportSession running = store.begin(false)) {
      assertThat(running.published()).isEmpty();
      assertThatThrownBy(() -> store.begin(false))
          .isInstanceOf(ImportRefusedException.class)
          .hasMessageContaining("--wait");
    }
    store.begin(false).close();
  }

  @Test
  void whatAKilledImportLoadedIsRemovedByTheNext() throws IOException, SQLException {
    Path published = january().writeTo(folder);
    String release = database.importFiles(folder.resolve("tmp"), published).release();
    PgImportStore store = new PgImportStore(database.settings());
    Path file = Files.writeString(folder.resolve("segment.parquet"), "a file");
    try (ImportSession killed = store.begin(false)) {
      long id = killed.load(loaded(), loadedSegment(file), NO_ROLLUPS);
      assertThat(killed.writeSegments(id, written()))
          .singleElement()
          .satisfies(written -> assertThat(written).hasContent("a file"));
    }
    assertThat(query("SELECT import_id::text FROM control.loaded_segment")).containsExactly("2");
    assertThat(query("SELECT import_id::text FROM figures.segment")).containsExactly("1");

    try (ImportSession next = store.begin(false)) {
      assertThat(next.cleanedUp()).hasSize(1);
      assertThat(next.published()).singleElement().matches(p -> p.releaseId().equals(release));
    }

    assertThat(query("SELECT count(*)::text FROM control.loaded_segment_part"))
        .containsExactly("0");
    assertThat(query("SELECT status FROM control.import ORDER BY id"))
        .containsExactly("published", "failed");
  }

  @Test
  void theSegmentIsPublishedWithItsImportAndGoesWithIt() throws SQLException {
    Path file = january().writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), file);
    assertThat(query("SELECT s.levels || ' ' || s.format || ' ' || s.rows FROM figures.segment s"))
        .containsExactly("blocks 1 " + query("SELECT blocks::text FROM control.import").get(0));
    assertThat(
            query(
                "SELECT (s.bytes = sum(octet_length(p.content)) AND s.sha256 ="
                    + " encode(sha256(string_agg(p.content, '' ORDER BY p.position)), 'hex'))::text"
                    + " FROM figures.segment s JOIN figures.segment_part p ON p.segment_id = s.id"
                    + " GROUP BY s.id"))
        .containsExactly("true");
    assertThat(blocks("SELECT sum(charged) FROM block")).containsExactly("160057");

    assertThat(database.replaceFiles(folder.resolve("tmp"), file)).isNotNull();

    assertThat(query("SELECT import_id::text FROM figures.segment")).containsExactly("2");
    assertThat(query("SELECT count(DISTINCT segment_id)::text FROM figures.segment_part"))
        .containsExactly("1");
    assertThat(query("SELECT count(*)::text FROM control.loaded_segment")).containsExactly("0");
  }

  @Test
  void aSegmentThatArrivesCutShortIsNotPublished() throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN NEW.content := substring(NEW.content FOR 100); RETURN NEW; END';
          CREATE TRIGGER cut BEFORE INSERT ON control.loaded_segment_part
            FOR EACH ROW EXECUTE FUNCTION cut()
          """);
    }

    ImportReport report = database.importFiles(folder.resolve("tmp"), january().writeTo(folder));

    assertThat(report.release()).isNull();
    assertThat(report.files().get(0).error()).contains("missing or damaged");
    assertThat(query("SELECT status FROM control.import")).containsExactly("failed");
    assertThat(query("SELECT count(*)::text FROM control.loaded_segment")).containsExactly("0");
    assertThat(query("SELECT count(*)::text FROM figures.segment")).containsExactly("0");
  }

  /** Where the temporary folder is cut short, or a disk returns other bytes. */
  @Test
  void aSegmentThatDoesNotAddUpIsDiscarded() throws IOException, SQLException {
    var unused = database.importFiles(folder.resolve("tmp"), january().writeTo(folder));
    PgImportStore store = new PgImportStore(database.settings());
    Path file = Files.writeString(folder.resolve("segment.parquet"), "a file");
    try (ImportSession session = store.begin(false)) {
      long id = session.load(loaded(), loadedSegment(file), NO_ROLLUPS);
      try (Connection connection = database.settings().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE control.loaded_segment_part SET content = 'x'");
      }

      assertThatThrownBy(() -> session.writeSegments(id, written()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("damaged");
      session.discard(id);
    }
    assertThat(query("SELECT count(*)::text FROM control.loaded_segment")).containsExactly("0");
  }

  @Test
  void reportsTellNoCountOfFewLines() throws SQLException {
    RawMonth month = january();
    for (int i = 0; i < 3; i++) {
      month.line(20, "1", "1", "PRS_NAT", "5999");
    }
    for (int i = 0; i < 12; i++) {
      month.line(20, "1", "1", "PRS_NAT", "2999");
    }

    FileReport report =
        database.importFiles(folder.resolve("tmp"), month.writeTo(folder)).files().get(0);

    assertThat(report.undocumentedCodes().get("service"))
        .containsEntry("5999", null)
        .containsEntry("2999", 12L);
    assertThat(
            query(
                "SELECT report->'undocumented_codes'->'service'->>'5999' FROM"
                    + " control.import_report"))
        .containsOnlyNulls();
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    Path temporary = folder.resolve("tmp");
    Path bad = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    Path abandoned = Files.createDirectories(temporary.resolve("import-999999999-1"));

    var unused = database.importFiles(temporary, january().writeTo(folder), bad);

    assertThat(abandoned).doesNotExist();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static RawMonth january() {
    return new RawMonth("202401")
        .line(20, "600.5", "420")
        .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84")
        .line(-36, "0", "-36", "PRS_NAT", "1952");
  }

  private static LoadedImport loaded() {
    return new LoadedImport(
        "A202403.csv",
        1,
        SourceDigest.ofPublic("0".repeat(64)),
        "blocks-12",
        false,
        false,
        null,
        new SourceTotals(YearMonth.of(2024, 3), 1, 0, noTotals()),
        new ProtectionSummary(1, 1, 20, new EnumMap<>(Level.class)));
  }

  private static LoadedSegment loadedSegment(Path file) {
    return new LoadedSegment(Optional.empty(), file, new BlockSums(1, noTotals()));
  }

  private static Map<SourceMeasure, Long> noTotals() {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : SourceMeasure.values()) {
      totals.put(measure, 0L);
    }
    return totals;
  }

  private Path written() throws IOException {
    return Files.createTempDirectory(folder, "written");
  }

  private List<String> blocks(String sql) throws SQLException {
    return PublishedBlocks.query(database.settings(), sql);
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.settings().connect()) {
      return query(connection, sql);
    }
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet row = statement.getResultSet()) {
          while (row.next()) {
            found.add(row.getString(1));
          }
        }
      }
    }
    return found;
  }
}
