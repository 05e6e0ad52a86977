package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.CellStream;
import fr.opendamir.query.Cells;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ResultRow;
import fr.opendamir.query.StreamedQuestion;
import fr.opendamir.testing.Eventually;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnFiguresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Takes minutes unless it is stopped. */
  private static final String ENDLESS =
      "SELECT 1, count(*), 1, '11', false, 1 FROM range(100000000) a, range(100000000) b";

  @TempDir Path folder;

  private final StoredSegments database = new StoredSegments();
  private ReleaseImport january;
  private SegmentStore store;
  private ColumnFigures figures;

  @BeforeEach
  void start() throws SQLException, IOException {
    SegmentFile file = SegmentFile.of(folder, 1, "2024-01", 200_000, 100_000);
    database.add(file);
    january =
        new ReleaseImport(1, YearMonth.of(2024, 1), 200_000, Map.of(), List.of(file.segment()));
    open(Map.of());
    Eventually.isTrue(() -> store.holds(List.of(file.segment())));
  }

  private void open(Map<String, String> settings) {
    ColumnsConfig config = Settings.of(ColumnsConfig.class, settings);
    store =
        new SegmentStore(
            database,
            Settings.of(
                SegmentsConfig.class,
                Map.of("opendamir.segments.folder", folder.resolve("segments").toString())),
            config,
            new Damages());
    figures = new ColumnFigures(config, store, queryConfig(settings));
    figures.start(null);
  }

  private static QueryConfig queryConfig(Map<String, String> settings) {
    return Settings.of(QueryConfig.class, settings);
  }

  @AfterEach
  void stop() {
    figures.stop(null);
    store.stop(null);
  }

  private void restart(Map<String, String> settings) {
    stop();
    open(settings);
    Eventually.isTrue(() -> store.holds(List.of(january.segments().get(0))));
  }

  private PreparedQuestion question(String sql, Object... parameters) {
    return new PreparedQuestion(
        sql,
        List.of(parameters),
        List.of(Level.REGION),
        List.of(Measure.CHARGED),
        new QuestionPlan(List.of(QuestionPlan.Source.blocks(List.of(january)))));
  }

  /** A stream of rows, which are counted by another statement. */
  private StreamedQuestion streamed(String sql, Object... parameters) {
    return new StreamedQuestion(
        question(sql, parameters),
        question("SELECT 1, count(*) FROM (" + sql + ") counted", parameters));
  }

  private String from() {
    return figures.tables().rows(QuestionPlan.Source.blocks(List.of(january)), value -> "?");
  }

  private Cells run(PreparedQuestion question) {
    return figures.run(question).await().atMost(PATIENCE);
  }

  @Test
  void parametersAreWhereTheirNumbersAre() {
    Cells cells =
        run(
            question(
                "SELECT 1, 2, row_number() OVER (), s.region, $2, sum(s.charged) FROM "
                    + from()
                    + " WHERE s.region IN ($1, $3) AND s.region <> $4 GROUP BY s.region",
                "7",
                false,
                "8",
                "8"));

    assertThat(cells.publishedImports()).isEqualTo(1);
    assertThat(cells.total()).isEqualTo(2);
    assertThat(cells.rows())
        .containsExactly(new ResultRow(List.of("7"), List.of(new BigDecimal("1000.14")), false));
  }

  @Test
  void aStatementThatTakesTooLongIsStopped() {
    restart(Map.of("opendamir.query.statement-timeout-seconds", "1"));
    assertThatThrownBy(() -> run(question(ENDLESS)))
        .isInstanceOfSatisfying(
            DataUnavailableException.class,
            e -> {
              assertThat(e.isAfterWork()).isTrue();
              assertThat(e.part()).isEqualTo(DataUnavailableException.Part.ENGINE);
            });
    assertThat(figures.givenUp()).isEqualTo(1);
    assertThat(run(question("SELECT 1, 0, NULL, '', false, 0")).rows()).isEmpty();
  }

  @Test
  void aStatementThatNobodyWaitsForIsStopped() {
    Cancellable waiting = figures.run(question(ENDLESS)).subscribe().with(cells -> {});
    Eventually.isTrue(() -> figures.running() == 1);
    waiting.cancel();

    Eventually.isTrue(() -> figures.running() == 0);
  }

  @Test
  void sortedRowsSpillToTheDiskBeyondTheMemory() {
    restart(Map.of("opendamir.columns.memory-mb", "40", "opendamir.columns.threads", "1"));
    String many =
        "SELECT md5(r.i::VARCHAR) AS region, false, r.i FROM range(3000000) r(i) ORDER BY 1";

    CellStream rows = figures.open(streamed(many)).await().atMost(PATIENCE);

    assertThat(rows.total()).isEqualTo(3_000_000);
    assertThat(figures.spilledBytes()).isPositive();
    assertThat(rows.next().await().atMost(PATIENCE)).hasSize(1_000);
    rows.close().await().atMost(PATIENCE);
    Eventually.isTrue(() -> figures.spilledBytes() == 0);
  }

  @Test
  void whereNothingMayBeSpilledMemoryRunsOutAndTheServiceGoesOn() {
    restart(
        Map.of(
            "opendamir.columns.memory-mb",
            "40",
            "opendamir.columns.spill-mb",
            "0",
            "opendamir.columns.threads",
            "1"));
    String many =
        "SELECT 1, 1, 1, region, false, x FROM (SELECT md5(r.i::VARCHAR) AS region, r.i AS x"
            + " FROM range(3000000) r(i) ORDER BY 1 OFFSET 2999999)";

    assertThatThrownBy(() -> run(question(many)))
        .isInstanceOfSatisfying(
            DataUnavailableException.class, e -> assertThat(e.isAfterWork()).isTrue());
    assertThat(run(question("SELECT 1, 0, NULL, '', false, 0")).rows()).isEmpty();
  }

  @Test
  void rowsAreHandedOutInOrder() {
    CellStream rows =
        figures
            .open(
                streamed(
                    "SELECT s.region, false, sum(s.charged) AS charged FROM "
                        + from()
                        + " GROUP BY s.region ORDER BY length(s.region), s.region LIMIT $1",
                    50_000L))
            .await()
            .atMost(PATIENCE);
    assertThat(rows.total()).isEqualTo(50_000);

    List<String> regions = new ArrayList<>();
    for (List<ResultRow> some = next(rows); !some.isEmpty(); some = next(rows)) {
      some.forEach(row -> regions.add(row.codes().get(0)));
    }
    rows.close().await().atMost(PATIENCE);
    rows.close().await().atMost(PATIENCE);

    assertThat(regions).hasSize(50_000);
    for (int i = 0; i < regions.size(); i++) {
      assertThat(regions.get(i)).isEqualTo(String.valueOf(i));
    }
  }

  private static List<ResultRow> next(CellStream rows) {
    return rows.next().await().atMost(PATIENCE);
  }

  @Test
  void streamsAreBoundedAndGiveTheirPlacesBack() {
    StreamedQuestion some = streamed("SELECT '1', false, 1");
    List<CellStream> open = new ArrayList<>();
    for (int i = 0; i < ColumnFigures.MAX_STREAMS; i++) {
      open.add(figures.open(some).await().atMost(PATIENCE));
    }
    assertThatThrownBy(() -> figures.open(some).await().atMost(PATIENCE))
        .isInstanceOf(DataUnavailableException.class);
    open.forEach(rows -> rows.close().await().atMost(PATIENCE));

    for (int i = 0; i < 3 * ColumnFigures.MAX_STREAMS; i++) {
      figures.open(some).await().atMost(PATIENCE).close().await().atMost(PATIENCE);
      Cancellable waiting = figures.open(streamed(ENDLESS)).subscribe().with(rows -> {});
      waiting.cancel();
    }
    Eventually.isTrue(
        () -> {
          figures.open(some).await().atMost(PATIENCE).close().await().atMost(PATIENCE);
          return true;
        });
  }

  @Test
  void aDamagedSegmentIsAnsweredFromAgainWhenItHasBeenFetched() throws IOException {
    Path file = store.folder().path(january.segments().get(0));
    byte[] bytes = Files.readAllBytes(file);
    byte[] damaged = new byte[bytes.length];
    Files.write(file, damaged);
    PreparedQuestion sum = question("SELECT 1, 1, 1, '11', false, sum(s.charged) FROM " + from());

    assertThatThrownBy(() -> run(sum))
        .isInstanceOfSatisfying(
            DataUnavailableException.class,
            e -> assertThat(e.part()).isEqualTo(DataUnavailableException.Part.RELEASE));

    Eventually.isTrue(() -> store.fetches() == 2);
    Eventually.isTrue(() -> store.holds(List.of(january.segments().get(0))));
    assertThat(run(sum).rows()).hasSize(1);
  }

  @Test
  void nothingButSegmentsCanBeReadAndNoSettingChanged() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    for (String sql :
        List.of(
            "SELECT 1, 1, 1, 'x', false, count(*) FROM read_csv('" + secret + "')",
            "SELECT 1, 1, 1, 'x', false, count(*) FROM read_text('/etc/passwd')",
            "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'",
            "ATTACH '" + folder.resolve("other.db") + "'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET memory_limit = '100GB'",
            "SET enable_external_access = true")) {
      assertThatThrownBy(() -> run(question(sql))).as(sql).isInstanceOf(RuntimeException.class);
    }
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void withoutASegmentTheCommandToRunIsNamed() {
    PreparedQuestion question =
        new PreparedQuestion(
            "SELECT 1",
            List.of(),
            List.of(),
            List.of(),
            new QuestionPlan(
                List.of(
                    QuestionPlan.Source.blocks(
                        List.of(
                            new ReleaseImport(2, YearMonth.of(2024, 2), 10, new HashMap<>()))))));
    assertThatThrownBy(() -> run(question))
        .isInstanceOf(DataUnavailableException.class)
        .rootCause()
        .hasMessageContaining("migrate");
  }
}
