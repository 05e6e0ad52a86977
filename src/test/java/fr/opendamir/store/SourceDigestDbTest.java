package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.FileShare;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import stores of its file, and how it recognises the file later. */
class SourceDigestDbTest {
  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void theChecksumOfAFileThatIsNotPublicIsStoredNowhere() throws SQLException {
    Path file = january().writeTo(folder);

    FileReport report = importFile(file);

    assertThat(report.status()).isEqualTo("published");
    assertThat(report.sha256()).isNull();
    assertThat(query("SELECT sha256 FROM control.import")).containsOnlyNulls();
    assertThat(query("SELECT digest FROM control.import_keyed_digest"))
        .singleElement()
        .isNotEqualTo(FileChecksum.sha256(file));
    assertThat(query("SELECT report::text FROM control.import_report"))
        .noneMatch(text -> text.contains(FileChecksum.sha256(file)));
  }

  @Test
  void theChecksumOfAPublicFileIsStored() throws SQLException {
    Path file = january().writeTo(folder);

    FileReport report = database.importPublicFiles(temporary(), file).files().get(0);

    assertThat(report.sha256()).isEqualTo(FileChecksum.sha256(file));
    assertThat(query("SELECT sha256 FROM control.import")).containsExactly(report.sha256());
    assertThat(query("SELECT digest FROM control.import_keyed_digest")).isEmpty();
    assertThat(key()).doesNotExist();
  }

  @Test
  void syntheticFilesArePublic() {
    Path file = january().synthetic().writeTo(folder);

    assertThat(importFile(file).sha256()).isEqualTo(FileChecksum.sha256(file));
    assertThat(key()).doesNotExist();
  }

  @Test
  void theSameFileAgainChangesNothingHoweverItWasDeclared() throws SQLException {
    Path january = january().writeTo(folder);
    Path february = new RawMonth("202402").line(50, "50", "50").writeTo(folder);
    var keyed = importFile(january);
    var open = database.importPublicFiles(temporary(), february);

    for (Path file : List.of(january, february)) {
      FileReport again = importFile(file);
      FileReport asPublic = database.importPublicFiles(temporary(), file).files().get(0);

      assertThat(List.of(again.status(), asPublic.status())).containsOnly("unchanged");
      assertThat(again.sha256())
          .isEqualTo(asPublic.sha256())
          .isEqualTo(file.equals(february) ? FileChecksum.sha256(february) : null);
    }
    assertThat(query("SELECT count(*)::text FROM control.import")).containsExactly("2");
    assertThat(keyed.sha256()).isNull();
    assertThat(open.isComplete()).isTrue();
  }

  @Test
  void aChangedFileIsARevisionOfEitherKind() throws SQLException {
    var unused = importFile(january().writeTo(folder));

    ImportReport asPublic =
        database.importPublicFiles(temporary(), january().line(11, "11", "11").writeTo(folder));
    FileReport again =
        importFile(january().line(11, "11", "11").line(30, "3", "3").writeTo(folder));

    assertThat(asPublic.files().get(0).revises()).isEqualTo(1);
    assertThat(again.revises()).isEqualTo(2);
    assertThat(query("SELECT sha256 IS NULL FROM control.import ORDER BY id"))
        .containsExactly("t", "f", "t");
  }

  @Test
  void underAnotherKeyTheSameFileIsARevisionWithoutBlocks() throws IOException {
    Path file = january().writeTo(folder);
    var unused = importFile(file);
    Files.delete(key());
    List<String> messages = new ArrayList<>();

    ImportReport report =
        database
            .importService()
            .run(List.of(file), database.options(temporary(), true), false, heard(messages));

    assertThat(report.files().get(0).status()).isEqualTo("published");
    assertThat(report.files().get(0).blocks()).isZero();
    assertThat(messages).anyMatch(text -> text.contains("the key of digests is missing"));
    assertThat(importFile(file).status()).isEqualTo("unchanged");
  }

  @Test
  void aDamagedKeyRefusesTheFileBeforeItIsRead() throws IOException, SQLException {
    Path file = january().writeTo(folder);
    Files.createDirectories(key().getParent());
    Files.writeString(key(), "damaged");

    FileReport report = importFile(file);

    assertThat(report.status()).isEqualTo("failed");
    assertThat(report.error()).startsWith("A202401.csv: the key of digests").contains("delete it");
    assertThat(query("SELECT id::text FROM control.import")).isEmpty();
    assertThat(database.importPublicFiles(temporary(), file).isComplete()).isTrue();
  }

  @Test
  void importersInParallelShareOneKey() throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    for (String month : List.of("202401", "202402", "202403", "202404")) {
      new RawMonth(month).line(20, "600.5", "420").writeTo(sources);
    }

    List<CompletableFuture<ImportReport>> shares =
        List.of("0/2", "1/2").stream().map(share -> importShare(sources, share)).toList();

    assertThat(shares).allMatch(share -> share.join().isComplete());
    assertThat(importShare(sources, "0/1").join().files())
        .hasSize(4)
        .allMatch(file -> file.status().equals("unchanged"));
  }

  private CompletableFuture<ImportReport> importShare(Path sources, String share) {
    return CompletableFuture.supplyAsync(
        () ->
            database
                .importService()
                .runShare(
                    List.of(sources),
                    FileShare.parse(share),
                    database.options(folder.resolve("tmp-" + share.charAt(0)), true),
                    new SilentProgress()));
  }

  private FileReport importFile(Path file) {
    return database.importFiles(temporary(), file).files().get(0);
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Path key() {
    return folder.resolve("archive/digest.key");
  }

  private List<String> query(String sql) throws SQLException {
    return RollupDatabase.query(database.settings(), sql);
  }

  private static RawMonth january() {
    return new RawMonth("202401")
        .line(20, "600.5", "420")
        .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84");
  }

  private static ImportProgress heard(List<String> messages) {
    return new SilentProgress() {
      @Override
      public void message(String text) {
        messages.add(text);
      }
    };
  }
}
