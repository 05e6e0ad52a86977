package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.FileProgress;
import fr.opendamir.ingest.FileShare;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportStage;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of different months into one database at once. */
class ParallelImportDbTest {
  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void twoProcessesReadAtTheSameTimeAndPublishOneAfterTheOther() throws Exception {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    for (String month : List.of("202401", "202402", "202403")) {
      new RawMonth(month).line(20, "600.5", "420").writeTo(sources);
    }
    CyclicBarrier bothRead = new CyclicBarrier(2);

    var first = importShare(sources, "0/2", bothRead);
    var second = importShare(sources, "1/2", bothRead);

    assertThat(first.get(60, TimeUnit.SECONDS).files())
        .extracting(f -> f.month() + " " + f.status())
        .containsExactly("2024-01 published", "2024-03 published");
    assertThat(second.get(60, TimeUnit.SECONDS).isComplete()).isTrue();
    assertThat(count("control.release WHERE status = 'served'")).isEqualTo(3);
    assertThat(count("figures.published_import")).isEqualTo(3);
    assertThat(
            count(
                "control.release_import WHERE release_id = (SELECT id FROM control.release"
                    + " ORDER BY sequence DESC LIMIT 1)"))
        .isEqualTo(3);
    assertThat(count("control.rollup_choice")).isEqualTo(1);
    assertThat(folder.resolve("archive")).isDirectoryContaining("glob:**atoms-2-2024-02-*");
    assertThat(importShare(sources, "0/1", null).get(60, TimeUnit.SECONDS).files())
        .allMatch(file -> file.status().equals("unchanged"));
  }

  /** Each gets as far as reading its first file before either goes on. */
  private CompletableFuture<ImportReport> importShare(
      Path sources, String share, CyclicBarrier bothRead) {
    ImportProgress progress =
        new ImportProgress() {
          @Override
          public FileProgress file(Path file, int index, int count) {
            return new FileProgress() {
              @Override
              public void stage(ImportStage stage) {
                if (stage == ImportStage.READ && index == 1 && bothRead != null) {
                  try {
                    var unused = bothRead.await(30, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException("the other process does not read meanwhile", e);
                  }
                }
              }

              @Override
              public void read(double part, long lines) {}

              @Override
              public void end() {}
            };
          }

          @Override
          public void message(String text) {}
        };
    // Temporary folders of their own, one archive: as processes on several machines have it.
    Path temporary = folder.resolve("tmp-" + share.charAt(0));
    return CompletableFuture.supplyAsync(
        () ->
            database
                .importService()
                .runShare(
                    List.of(sources),
                    FileShare.parse(share),
                    database.options(temporary, true),
                    progress));
  }

  private long count(String from) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      return row.next() ? row.getLong(1) : -1;
    }
  }
}
