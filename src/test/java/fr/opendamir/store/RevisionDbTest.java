package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.disclosure.WeakenedPolicy;
import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.ImportService;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months that are published again: earlier releases stay, unless nothing is left to compare with.
 */
class RevisionDbTest {
  private final TestDatabase database = TestDatabase.create();

  @TempDir Path folder;

  @Test
  void aRevisionStandsBesideWhatItRevises() throws SQLException {
    String first = release(january());

    ImportReport revision = importFile(january().line(11, "11", "11"));

    assertThat(revision.files().get(0).revises()).isEqualTo(1);
    assertThat(revision.files().get(0).blocks()).isEqualTo(1);
    assertThat(query("SELECT id FROM control.release WHERE status = 'served' ORDER BY sequence"))
        .containsExactly(first, revision.release());
    assertThat(charged(first)).containsExactly("160057");
    assertThat(charged(revision.release())).containsExactly("161157");
    assertThat(query("SELECT min(smallest_block)::text FROM control.import")).containsExactly("11");
  }

  @Test
  void eachRevisionIsComparedWithTheOneBefore() throws SQLException {
    String first = release(january());
    String second = release(january().line(11, "11", "11"));

    String third = release(january());

    assertThat(charged(first)).isEqualTo(charged(third)).containsExactly("160057");
    assertThat(charged(second)).containsExactly("161157");
    assertThat(query("SELECT revises::text FROM control.import ORDER BY id"))
        .containsExactly(null, "1", "2");
  }

  @Test
  void aChangeOfFewerThanElevenIsRefusedAndCanReplace() throws SQLException {
    String first = release(january());
    RawMonth corrected = january().line(3, "3", "3");

    ImportReport refused = importFile(corrected);

    assertThat(refused.release()).isNull();
    assertThat(refused.files().get(0).error()).contains("--replace").doesNotContain("3 ");
    assertThat(query("SELECT id FROM control.release WHERE status = 'served'"))
        .containsExactly(first);

    ImportReport replaced = run(corrected.writeTo(folder), true, archive());
    assertThat(query("SELECT id FROM control.release WHERE status = 'served'"))
        .containsExactly(replaced.release());
    assertThat(query("SELECT id FROM control.release WHERE status = 'withdrawn'"))
        .containsExactly(first);
    assertThat(charged(replaced.release())).containsExactly("160357");
  }

  @Test
  void withoutAnArchiveTheMonthIsReplaced() throws SQLException {
    RawMonth february = new RawMonth("202402").line(50, "50", "50");
    var unused = run(january().writeTo(folder), false, Optional.empty());
    String first = run(february.writeTo(folder), false, Optional.empty()).release();

    String second = run(january().line(11, "11", "11").writeTo(folder), false, archive()).release();

    assertThat(query("SELECT id FROM control.release WHERE status = 'served'"))
        .containsExactly(second);
    assertThat(query("SELECT id FROM control.release WHERE status = 'withdrawn'")).contains(first);
    assertThat(charged(second)).containsExactly("166157");
  }

  @Test
  void theSameFiguresInAnotherOrderAreARevisionWithoutBlocks() throws SQLException {
    String first = release(new RawMonth("202401").line(20, "1", "1").line(30, "2", "2"));

    ImportReport again = importFile(new RawMonth("202401").line(30, "2", "2").line(20, "1", "1"));

    FileReport report = again.files().get(0);
    assertThat(report.blocks()).isZero();
    assertThat(report.warnings()).anyMatch(warning -> warning.contains("no figure differs"));
    assertThat(charged(again.release())).isEqualTo(charged(first));
  }

  @Test
  void theArchiveHoldsTheNewestFileOfEachMonthForTheImportingUserAlone() throws IOException {
    var first = release(january());
    var second = release(january().line(11, "11", "11"));
    assertThat(first).isNotEqualTo(second);
    var refused = importFile(january().line(12, "12", "12"));
    assertThat(refused.release()).isNull();
    var other = release(new RawMonth("202402").line(50, "50", "50"));

    assertThat(other).isNotNull();
    Path archive = archive().orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(archive)) {
      // The atoms and the blocks of both months, and the key of digests.
      assertThat(files.toList())
          .hasSize(5)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void monthsOfTwoPoliciesAreNeverPublishedTogether() throws SQLException {
    String first = release(january());
    Path january = january().writeTo(folder);
    Path february = new RawMonth("202402").line(50, "50", "50").writeTo(folder);

    assertThatThrownBy(() -> importUnder("blocks-12.test", february))
        .hasMessageContaining("2024-01")
        .hasMessageContaining("name their files too");
    assertThat(query("SELECT id FROM control.release WHERE status = 'served'"))
        .containsExactly(first);
    ImportReport both = importUnder("blocks-12.test", february, january);
    assertThat(both.isComplete()).isTrue();
    assertThat(query("SELECT id FROM control.release WHERE status = 'withdrawn'"))
        .containsExactly(first);
    assertThat(PublishedState.policies(database.settings()))
        .singleElement()
        .matches(policy -> policy.id().equals("blocks-12.test"));
  }

  @Test
  void aPolicyThatChangedUnderItsIdIsRefused() {
    var unused = release(january());
    DisclosurePolicy other = policy(PolicyReader.builtIn().id(), 12);
    ImportService service =
        new ImportService(Catalog.load(), other, new PgImportStore(database.settings()));
    List<Path> files = List.of(january().line(50, "1", "1").writeTo(folder));
    ImportOptions options = options(false, archive());

    assertThatThrownBy(() -> service.run(files, options, false, new SilentProgress()))
        .hasMessageContaining("needs a new id");
  }

  private ImportReport importUnder(String policyId, Path... files) {
    return new ImportService(
            Catalog.load(), policy(policyId, 12), new PgImportStore(database.settings()))
        .run(List.of(files), options(false, archive()), false, new SilentProgress());
  }

  private static DisclosurePolicy policy(String id, int threshold) {
    return new WeakenedPolicy().id(id).threshold(threshold).policy();
  }

  private static RawMonth january() {
    return new RawMonth("202401")
        .line(20, "600.5", "420")
        .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84");
  }

  private String release(RawMonth month) {
    return importFile(month).release();
  }

  private ImportReport importFile(RawMonth month) {
    return run(month.writeTo(folder), false, archive());
  }

  private ImportReport run(Path file, boolean replace, Optional<Path> archive) {
    return database
        .importService()
        .run(List.of(file), options(replace, archive), false, new SilentProgress());
  }

  private ImportOptions options(boolean replace, Optional<Path> archive) {
    ImportOptions options = database.options(folder.resolve("tmp"), true);
    return new ImportOptions(
        options.temporaryFolder(),
        options.memoryBytes(),
        options.threads(),
        options.warnAbove(),
        options.refuseAbove(),
        true,
        replace,
        archive,
        archive().orElseThrow(),
        options.rollupBudget(),
        options.segmentBudget(),
        false,
        false,
        false,
        options.version());
  }

  private Optional<Path> archive() {
    return Optional.of(folder.resolve("kept"));
  }

  private List<String> charged(String release) throws SQLException {
    return PublishedBlocks.query(
        database.settings(),
        "SELECT sum(charged) FROM block JOIN release_import USING (import_id) WHERE release_id = '%s'"
            .formatted(release));
  }

  private List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}
