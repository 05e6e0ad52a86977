package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.FileProgress;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportStage;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of many files: what is read meanwhile, what is published, and how they go on. */
class ManyMonthsDbTest {
  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void theNextFileIsReadWhileOneIsLoadedAndNoOther() {
    List<String> begun = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch secondIsRead = new CountDownLatch(1);
    List<String> whileTheFirstIsLoaded = new ArrayList<>();

    ImportReport report =
        run(
            months("202401", "202402", "202403"),
            (index, stage) -> {
              begun.add(index + " " + stage);
              if (index == 2 && stage == ImportStage.READ_AGAIN) {
                secondIsRead.countDown();
              }
              if (index == 1 && stage == ImportStage.LOAD) {
                await(secondIsRead);
                whileTheFirstIsLoaded.addAll(List.copyOf(begun));
              }
            });

    assertThat(report.isComplete()).isTrue();
    assertThat(whileTheFirstIsLoaded)
        .contains("2 READ")
        .noneMatch(stage -> stage.startsWith("3") || stage.equals("2 PROTECT"));
    assertThat(begun).contains("3 READ");
  }

  @Test
  void aBrokenFileInTheMiddlePublishesNothingAndTheNextImportGoesOn() throws SQLException {
    Path january = month("202401").writeTo(folder);
    Path february = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    Path march = month("202403").writeTo(folder);

    ImportReport refused = run(List.of(january, february, march), nothing());

    assertThat(states(refused)).containsExactly("2024-01 loaded", "null failed", "2024-03 loaded");
    assertThat(refused.release()).isNull();
    assertThat(query("SELECT count(*)::text FROM control.release")).containsExactly("0");

    var unused = month("202402").writeTo(folder);
    Set<String> read = ConcurrentHashMap.newKeySet();
    ImportReport complete =
        run(
            List.of(january, february, march),
            (index, stage) -> {
              if (stage == ImportStage.READ) {
                read.add("file " + index);
              }
            });

    assertThat(read).containsExactly("file 2");
    assertThat(states(complete))
        .containsExactly("2024-01 published", "2024-02 published", "2024-03 published");
    assertThat(complete.files().get(0).warnings())
        .anyMatch(note -> note.contains("not read again"));
    assertThat(query("SELECT count(*)::text FROM control.release")).containsExactly("1");
    assertThat(charged()).containsExactly("180150");
    assertThat(archived()).hasSize(3);
  }

  @Test
  void anImportThatWasKilledGoesOnWhereItWas() throws SQLException {
    List<Path> files = months("202401", "202402", "202403");
    assertThatThrownBy(
            () ->
                run(
                    files,
                    (index, stage) -> {
                      if (index == 3 && stage == ImportStage.LOAD) {
                        throw new KilledException();
                      }
                    }))
        .isInstanceOf(KilledException.class);
    assertThat(query("SELECT status FROM control.import ORDER BY id"))
        .containsExactly("loaded", "loaded");
    List<Path> reordered = List.of(files.get(2), files.get(1), files.get(0));
    Set<String> read = ConcurrentHashMap.newKeySet();

    ImportReport report =
        run(
            reordered,
            (index, stage) -> {
              if (stage == ImportStage.READ) {
                read.add("file " + index);
              }
            });

    assertThat(read).containsExactly("file 1");
    assertThat(report.isComplete()).isTrue();
    assertThat(charged()).containsExactly("180150");
    // What it has published is revised like any other month.
    ImportReport revised =
        run(List.of(month("202401").line(11, "11", "11").writeTo(folder)), nothing());
    assertThat(revised.files().get(0).revises()).isEqualTo(1);
    assertThat(charged()).containsExactly("181250");
  }

  /** Other settings would have loaded something else; a dry run leaves what is staged. */
  @Test
  void whatWasLoadedIsNotTakenIfItWouldBeAnotherToday() throws SQLException {
    Path january = month("202401").writeTo(folder);
    Path broken = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    var refused = run(List.of(january, broken), nothing());
    assertThat(refused.release()).isNull();
    var checked =
        database.importService().check(List.of(january), options(), false, new SilentProgress());
    assertThat(states(checked)).containsExactly("2024-01 checked");
    assertThat(query("SELECT status FROM control.import ORDER BY id"))
        .containsExactly("loaded", "failed");

    ImportReport other = database.importPublicFiles(folder.resolve("tmp"), january);

    assertThat(other.files().get(0).importId()).isEqualTo(3);
    assertThat(query("SELECT status FROM control.import ORDER BY id"))
        .containsExactly("failed", "failed", "published");
    assertThat(query("SELECT count(*)::text FROM control.loaded_segment")).containsExactly("0");
    assertThat(archived()).hasSize(1);
  }

  @Test
  void whatWasLoadedIsNotTakenAfterARelease() throws SQLException {
    Path january = month("202401").writeTo(folder);
    Path broken = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    var refused = run(List.of(january, broken), nothing());
    assertThat(refused.release()).isNull();

    var released = run(months("202403"), nothing());
    ImportReport report = run(List.of(january), nothing());

    assertThat(released.release()).isNotNull();
    assertThat(report.files().get(0).importId()).isEqualTo(3);
    assertThat(report.files().get(0).warnings()).noneMatch(note -> note.contains("not read again"));
  }

  @Test
  void whatWasLoadedAndIsDamagedIsReadAgain() throws SQLException {
    Path january = month("202401").writeTo(folder);
    Path broken = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    var refused = run(List.of(january, broken), nothing());
    assertThat(refused.release()).isNull();
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE control.loaded_segment_part SET content = 'x'");
    }

    ImportReport report = run(List.of(january), nothing());

    assertThat(states(report)).containsExactly("2024-01 published");
    assertThat(report.files().get(0).importId()).isEqualTo(2);
    assertThat(charged()).containsExactly("60050");
  }

  @Test
  void aMonthThatIsGivenTwicePublishesNothing() throws IOException {
    Path january = month("202401").writeTo(folder);
    Path copy = Files.copy(january, folder.resolve("copy.csv"));

    ImportReport report = run(List.of(january, month("202402").writeTo(folder), copy), nothing());

    assertThat(states(report)).containsExactly("2024-01 loaded", "2024-02 loaded", "null failed");
    assertThat(report.files().get(2).error())
        .contains("copy.csv", "2024-01", "A202401.csv", "name only the one that is right");
    assertThat(report.release()).isNull();
    ImportReport each =
        database
            .importService()
            .runEach(
                List.of(january, copy),
                database.options(folder.resolve("tmp"), true),
                false,
                new SilentProgress());
    assertThat(states(each)).containsExactly("2024-01 published", "null failed");
  }

  @Test
  void releaseEachPublishesEveryGoodFileByItself() throws SQLException {
    Path january = month("202401").writeTo(folder);
    Path february = new RawMonth("202402").line(50, "5x", "50").writeTo(folder);
    Path march = month("202403").writeTo(folder);

    ImportReport report =
        database
            .importService()
            .runEach(List.of(january, february, march), options(), false, new SilentProgress());

    assertThat(states(report))
        .containsExactly("2024-01 published", "null failed", "2024-03 published");
    assertThat(report.files().get(0).release()).endsWith(".1");
    assertThat(report.files().get(2).release()).endsWith(".2").isEqualTo(report.release());
    assertThat(report.isComplete()).isFalse();
    assertThat(query("SELECT count(*)::text FROM control.release WHERE status = 'served'"))
        .containsExactly("2");
    assertThat(charged()).containsExactly("120100");
    assertThat(archived()).hasSize(2);
  }

  /** A disk that is full, or a database that is gone, is so for every file. */
  @Test
  void whatIsNoFaultOfTheFileStopsTheImport() throws SQLException {
    List<Path> files = months("202401", "202402", "202403", "202404");

    ImportReport report =
        run(
            files,
            (index, stage) -> {
              if (index == 2 && stage == ImportStage.EXPORT) {
                throw new IllegalStateException("the disk is full");
              }
            });

    assertThat(states(report))
        .containsExactly("2024-01 loaded", "null failed", "null skipped", "null skipped");
    assertThat(report.isComplete()).isFalse();
    assertThat(states(run(files, nothing()))).allMatch(state -> state.endsWith("published"));
    assertThat(query("SELECT month FROM control.import WHERE status = 'published' ORDER BY id"))
        .containsExactly("2024-01", "2024-02", "2024-03", "2024-04");
  }

  @Test
  void withLittleMemoryFilesAreReadOneAfterTheOther() {
    List<String> stages = Collections.synchronizedList(new ArrayList<>());
    ImportReport report =
        run(
            months("202401", "202402"),
            options().withMemory(256L << 20),
            (index, stage) -> stages.add(index + " " + stage));

    assertThat(report.isComplete()).isTrue();
    assertThat(stages).contains("1 ARCHIVE", "2 ARCHIVE");
    assertThat(stages.stream().map(stage -> stage.charAt(0)).toList()).isSorted();
  }

  @Test
  void nothingIsLeftOfAFileThatWasReadAhead() throws IOException {
    assertThatThrownBy(
            () ->
                run(
                    months("202401", "202402", "202403"),
                    (index, stage) -> {
                      if (index == 1 && stage == ImportStage.EXPORT) {
                        throw new KilledException();
                      }
                    }))
        .isInstanceOf(KilledException.class);

    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Is called when a stage of a file begins; files are counted from 1. */
  @FunctionalInterface
  private interface AtStage {
    void run(int index, ImportStage stage);
  }

  private ImportReport run(List<Path> files, AtStage action) {
    return run(files, options(), action);
  }

  private ImportReport run(List<Path> files, ImportOptions options, AtStage action) {
    ImportProgress progress =
        new ImportProgress() {
          @Override
          public FileProgress file(Path file, int index, int count) {
            return new FileProgress() {
              @Override
              public void stage(ImportStage stage) {
                action.run(index, stage);
              }

              @Override
              public void read(double share, long lines) {}

              @Override
              public void end() {}
            };
          }

          @Override
          public void message(String text) {}
        };
    return database.importService().run(files, options, false, progress);
  }

  private static AtStage nothing() {
    return (index, stage) -> {};
  }

  /** With memory for two files at a time. */
  private ImportOptions options() {
    return database.options(folder.resolve("tmp"), true).withMemory(512L << 20);
  }

  private List<Path> months(String... months) {
    return Stream.of(months).map(month -> month(month).writeTo(folder)).toList();
  }

  private static RawMonth month(String month) {
    return new RawMonth(month).line(20, "600.5", "420");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).as("the second file is not read").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> states(ImportReport report) {
    return report.files().stream().map(f -> f.month() + " " + f.status()).toList();
  }

  private List<Path> archived() {
    try (Stream<Path> files = Files.list(folder.resolve("archive"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("atoms-")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> charged() throws SQLException {
    return PublishedBlocks.query(database.settings(), "SELECT sum(charged) FROM block");
  }

  private List<String> query(String sql) throws SQLException {
    return RollupDatabase.query(database.settings(), sql);
  }

  /** Stands for a process that is gone. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
