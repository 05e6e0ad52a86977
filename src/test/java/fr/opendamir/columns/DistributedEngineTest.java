package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.Cells;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.RandomQuestions;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.Segment;
import fr.opendamir.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine that runs beside against DuckDB, both as the service asks them. Needs {@code
 * -Ddistributed.url}, {@code -Ddistributed.driver} and {@code -Ddistributed.folder}: see the
 * project {@code distributed}.
 */
@EnabledIfSystemProperty(named = "distributed.url", matches = ".+")
class DistributedEngineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final List<ReleaseImport> imports = new ArrayList<>();
  private final List<Runnable> stops = new ArrayList<>();
  private final StoredSegments database = new StoredSegments();
  private ColumnFigures inside;
  private ColumnFigures beside;

  @BeforeEach
  void start() throws IOException {
    Path blocks = Path.of(System.getProperty("distributed.folder"), "block");
    for (int id = 1; id <= 12; id++) {
      try (Stream<Path> files = Files.list(blocks.resolve("import_id=" + id))) {
        add(id, files.findFirst().orElseThrow());
      }
    }
    inside = open("inside", Map.of("opendamir.query.statement-timeout-seconds", "120"));
    beside = open("beside", distributed("120"));
  }

  private static Map<String, String> distributed(String timeoutSeconds) {
    return Map.of(
        "opendamir.columns.engine",
        "jdbc",
        "opendamir.columns.jdbc.url",
        System.getProperty("distributed.url"),
        "opendamir.columns.jdbc.driver",
        System.getProperty("distributed.driver"),
        "opendamir.columns.jdbc.table",
        "block",
        "opendamir.query.statement-timeout-seconds",
        timeoutSeconds);
  }

  private void add(long id, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String sha256 = file.getFileName().toString().replace(".parquet", "");
    Segment segment = new Segment(id, Optional.empty(), sha256, bytes.length, 250_000);
    database.add(new SegmentFile(segment, bytes));
    imports.add(
        new ReleaseImport(
            id, YearMonth.of(2024, Math.toIntExact(id)), 250_000, Map.of(), List.of(segment)));
  }

  private ColumnFigures open(String name, Map<String, String> settings) {
    ColumnsConfig config = Settings.of(ColumnsConfig.class, settings);
    SegmentStore store =
        new SegmentStore(
            database,
            Settings.of(
                SegmentsConfig.class,
                Map.of("opendamir.segments.folder", folder.resolve(name).toString())),
            config,
            new Damages());
    ColumnFigures figures =
        new ColumnFigures(config, store, Settings.of(QueryConfig.class, settings));
    figures.start(null);
    stops.add(() -> figures.stop(null));
    stops.add(() -> store.stop(null));
    List<Segment> segments =
        imports.stream().flatMap(stored -> stored.segments().stream()).toList();
    Eventually.isTrue(() -> store.holds(segments));
    return figures;
  }

  @AfterEach
  void stop() {
    stops.forEach(Runnable::run);
  }

  static List<String> questions() {
    return RandomQuestions.all();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAreEqual(String parameters) {
    Cells expected = ask(inside, parameters);
    Cells actual = ask(beside, parameters);

    assertThat(actual.total()).isEqualTo(expected.total());
    assertThat(actual.publishedImports()).isEqualTo(expected.publishedImports());
    assertThat(actual.rows()).isEqualTo(expected.rows());
  }

  /** As when a worker is lost and the engine waits for it. */
  @Test
  void whatTakesTooLongIsUnavailable() {
    ColumnFigures hasty = open("hasty", distributed("2"));
    PreparedQuestion endless =
        new PreparedQuestion(
            "SELECT 1, count(*), 1, '11', false, 1 FROM block a CROSS JOIN block b"
                + " WHERE length(a.service || b.service) > $1",
            List.of(3L),
            List.of(Level.REGION),
            List.of(Measure.CHARGED),
            new QuestionPlan(List.of(QuestionPlan.Source.blocks(imports))));

    assertThatThrownBy(() -> hasty.run(endless).await().atMost(Duration.ofSeconds(15)))
        .isInstanceOf(DataUnavailableException.class);
  }

  private Cells ask(ColumnFigures figures, String parameters) {
    return figures
        .run(RandomQuestions.prepare(parameters, figures.tables(), imports))
        .await()
        .atMost(PATIENCE);
  }
}
