package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseFileStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROWS = 5_000;

  @TempDir Path folder;

  private final StoredSegments database = new StoredSegments();
  private SegmentFile january;
  private SegmentFile february;
  private SegmentStore segments;
  private ReleaseFileStore store;

  @BeforeEach
  void makeSegments() throws SQLException, IOException {
    january = SegmentFile.of(folder, 1, "2024-01", ROWS, 11);
    february = SegmentFile.of(folder, 2, "2024-02", ROWS, 11);
    database.add(january);
    database.add(february);
    open("one", Map.of());
  }

  @AfterEach
  void close() {
    store.stop(null);
    segments.stop(null);
  }

  private void open(String name, Map<String, String> settings) {
    ColumnsConfig config = Settings.of(ColumnsConfig.class, settings);
    segments =
        new SegmentStore(
            database,
            Settings.of(
                SegmentsConfig.class,
                Map.of("opendamir.segments.folder", folder.resolve(name).toString())),
            config,
            new Damages());
    store = new ReleaseFileStore(segments, Catalog.load(), config);
  }

  private void reopen(String name, Map<String, String> settings) {
    close();
    open(name, settings);
  }

  private ReleaseFiles awaitFiles(Release release) {
    Eventually.isTrue(() -> segments.hasChecked(List.of(january.segment(), february.segment())));
    return store.files(release).await().atMost(PATIENCE);
  }

  /** Block {@code i} of a segment is of 100 acts and {@code i} cents of every amount. */
  private static Map<SourceMeasure, Long> totals(int rows) {
    long cents = LongStream.range(0, rows).sum();
    return Arrays.stream(SourceMeasure.values())
        .collect(
            Collectors.toMap(
                measure -> measure, measure -> measure.isAmount() ? cents : 100L * rows));
  }

  private static ReleaseMonth month(
      String month, Map<SourceMeasure, Long> totals, SegmentFile... files) {
    return new ReleaseMonth(
        Arrays.stream(files)
            .map(
                file ->
                    new ReleaseImport(
                        file.segment().id(),
                        YearMonth.parse(month),
                        ROWS,
                        Map.of(),
                        List.of(file.segment()),
                        totals))
            .toList(),
        YearMonth.parse(month),
        "A.csv",
        1,
        null,
        "blocks-12",
        true,
        false,
        ROWS,
        ROWS,
        11,
        totals,
        Map.of());
  }

  private Release release(String id) {
    return new Release(
        id,
        Instant.EPOCH,
        List.of(month("2024-01", totals(ROWS), january), month("2024-02", totals(ROWS), february)));
  }

  @Test
  void servicesMakeTheSameBytesWhateverTheirMemory() throws IOException {
    ReleaseFiles one = awaitFiles(release("2026-01-01.1"));
    reopen("two", Map.of("opendamir.columns.memory-mb", "128", "opendamir.columns.threads", "3"));
    ReleaseFiles two = awaitFiles(release("2026-01-01.1"));

    assertThat(two.files()).isEqualTo(one.files());
    assertThat(one.files())
        .extracting(ReleaseFile::kind)
        .containsExactly(
            ReleaseFile.Kind.BLOCKS,
            ReleaseFile.Kind.BLOCKS,
            ReleaseFile.Kind.CODES,
            ReleaseFile.Kind.CUBE);
    for (ReleaseFile file : one.files()) {
      Path path = store.intact(two.release(), file).await().atMost(PATIENCE);
      assertThat(Files.size(path)).isEqualTo(file.bytes());
      assertThat(FileChecksum.of(path)).isEqualTo(file.sha256());
      assertThat(file.name()).matches("[a-z0-9-]+-[0-9a-f]{16}\\.parquet");
    }
  }

  @Test
  void aMonthThatDidNotChangeKeepsItsNameInTheNextRelease() {
    ReleaseFiles first =
        awaitFiles(
            new Release(
                "2026-01-01.1", Instant.EPOCH, List.of(month("2024-01", totals(ROWS), january))));
    ReleaseFiles second = awaitFiles(release("2026-02-01.1"));

    assertThat(second.find(first.files().get(0).name())).contains(first.files().get(0));
    assertThat(second.find(first.files().get(2).name())).as("the cube").isEmpty();
  }

  @Test
  void theSameChangeTwiceIsTwoFiles() {
    Map<SourceMeasure, Long> twice =
        totals(ROWS).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> 2 * e.getValue()));
    ReleaseFiles files =
        awaitFiles(
            new Release(
                "2026-01-01.1", Instant.EPOCH, List.of(month("2024-01", twice, january, january))));

    assertThat(files.files())
        .extracting(ReleaseFile::resource)
        .containsExactly("blocks-2024-01", "blocks-2024-01-r1", "codes", "cube-main");
  }

  @Test
  void whatAStartFindsOnTheDiskIsNotMadeAgain() throws IOException {
    ReleaseFile cube = awaitFiles(release("2026-01-01.1")).files().get(3);
    Path path = store.intact(release("2026-01-01.1"), cube).await().atMost(PATIENCE);
    Object before = Files.readAttributes(path, "*").get("fileKey");
    reopen("one", Map.of());

    assertThat(awaitFiles(release("2026-02-01.1")).files().get(3)).isEqualTo(cube);
    assertThat(Files.readAttributes(path, "*").get("fileKey")).isEqualTo(before);
  }

  @Test
  void sumsThatAreNotTheTotalsOfTheReleaseAreNotServed() {
    Release wrong =
        new Release(
            "2026-01-01.1", Instant.EPOCH, List.of(month("2024-01", totals(ROWS - 1), january)));

    assertThatThrownBy(() -> awaitFiles(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add up to");
  }

  @Test
  void whileSegmentsAreFetchedThereAreNoFilesYet() {
    database.isAway = true;
    reopen("three", Map.of());
    assertThatThrownBy(() -> store.files(release("2026-01-01.1")).await().atMost(PATIENCE))
        .isInstanceOf(DataUnavailableException.class);

    database.isAway = false;
    assertThat(awaitFiles(release("2026-01-01.1")).files()).hasSize(4);
  }

  @Test
  void anEngineOfTheOperatorsHasNoFiles() {
    reopen("four", Map.of("opendamir.columns.engine", "jdbc"));

    assertThat(store.isOpen()).isFalse();
  }
}
