package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.OtherPolicy;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months of another policy, protected again from the archive. */
class ReprotectDbTest {
  private static final String BLOCKS =
      "SELECT b::VARCHAR FROM (SELECT * EXCLUDE import_id FROM block) b ORDER BY 1";
  private static final String SOURCES =
      """
      SELECT concat_ws(' ', month, file_name, file_bytes, coalesce(sha256, k.digest), synthetic, lines, short_lines, atoms)
      FROM control.import i LEFT JOIN control.import_keyed_digest k ON k.import_id = i.id
      WHERE status = 'published' ORDER BY month
      """;

  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void monthsGetTheBlocksThatTheirFilesWouldGet() throws IOException, SQLException {
    Path january = ManyBlocks.month("202401", 400, 1).writeTo(folder);
    List<String> lines = Files.readAllLines(january);
    lines.add(1, lines.get(1).replaceFirst("([^;]*;){2}$", ""));
    Files.write(january, lines);
    // Codes that are no plain numbers: their columns are text.
    Path february =
        ManyBlocks.month("202402", 300, 2)
            .line(40, "4", "4", "PRS_NAT", "01110", "BEN_RES_REG", "24")
            .line(30, "3", "3", "PSE_SPE_SNDS", "X1", "BEN_RES_REG", "")
            .writeTo(folder);
    String earlier = importUnderOther(january, february).release();
    List<String> sources = query(SOURCES);
    List<String> totals = blocks(totals());

    ImportReport report = reprotect();

    assertThat(report.files()).extracting(FileReport::status).containsOnly("published");
    assertThat(report.files()).extracting(FileReport::policy).containsOnly(builtIn().id());
    assertThat(report.files().get(0).warnings())
        .anyMatch(warning -> warning.contains("lines shorter than the header: 1"))
        .anyMatch(warning -> warning.contains("protected under the policy other-for-tests"));
    assertThat(query(SOURCES)).isEqualTo(sources).hasSize(2);
    assertThat(blocks(totals())).isEqualTo(totals);
    assertThat(served()).containsExactly(report.release()).doesNotContain(earlier);

    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    TestDatabase fresh = TestDatabase.create();
    var unused = fresh.importFiles(elsewhere.resolve("tmp"), january, february);
    assertThat(blocks(BLOCKS))
        .isEqualTo(PublishedBlocks.query(fresh.settings(), BLOCKS))
        .hasSizeGreaterThan(100);
    assertThat(database.importFiles(temporary(), january).files().get(0).status())
        .isEqualTo("unchanged");
  }

  @Test
  void aMonthCanBeRevisedAfterwards() throws SQLException {
    var unused = importUnderOther(january().writeTo(folder));
    String release = reprotect().release();

    FileReport revision =
        database
            .importFiles(temporary(), january().line(11, "11", "11").writeTo(folder))
            .files()
            .get(0);

    assertThat(revision.revises()).isEqualTo(2);
    assertThat(served()).contains(release).hasSize(2);
  }

  @Test
  void aMonthAndItsRevisionsBecomeOneImport() throws SQLException {
    Path corrected = january().line(11, "11", "11").writeTo(folder, "A202401-corrected.csv");
    var first = importUnderOther(january().writeTo(folder));
    var second = importUnderOther(corrected);
    assertThat(second.files().get(0).revises()).isEqualTo(1);
    List<String> total = blocks(totals());

    ImportReport report = reprotect();

    assertThat(report.files().get(0).file()).isEqualTo("A202401-corrected.csv");
    assertThat(report.files().get(0).revises()).isNull();
    assertThat(blocks(totals())).isEqualTo(total);
    assertThat(served()).containsExactly(report.release()).doesNotContain(first.release());
    assertThat(query("SELECT revises::text FROM control.import WHERE status = 'published'"))
        .containsOnlyNulls()
        .hasSize(1);
  }

  @Test
  void withoutTheAtomsOfAMonthNothingChangesAndAllFilesAreNamed() throws IOException, SQLException {
    String release = importUnderOther(january().writeTo(folder), february()).release();
    List<String> blocks = blocks(BLOCKS);
    Path atoms = atomsOf("2024-01");
    // The atoms of the version before this one.
    Files.move(
        atoms,
        atoms.resolveSibling(atoms.getFileName().toString().replace("atoms-2-", "atoms-1-")));

    assertThatThrownBy(this::reprotect)
        .isInstanceOf(ImportRefusedException.class)
        .hasMessageContaining("2024-01: its atoms are not in the archive.")
        .hasMessageContaining("import A202401.csv A202402.csv");
    assertThat(served()).containsExactly(release);
    assertThat(blocks(BLOCKS)).isEqualTo(blocks);
    assertThat(atomsOf("2024-01")).exists();
  }

  @Test
  void damagedAtomsAreRefused() throws IOException, SQLException {
    String release = importUnderOther(january().writeTo(folder), february()).release();
    Files.write(atomsOf("2024-01"), Files.readAllBytes(atomsOf("2024-02")));
    Files.writeString(atomsOf("2024-02"), "PAR1 damaged PAR1");

    assertThatThrownBy(this::reprotect)
        .hasMessageContaining("2024-01: its atoms do not add up to what is published")
        .hasMessageContaining("2024-02: its atoms do not add up to what is published");
    assertThat(served()).containsExactly(release);
  }

  @Test
  void atomsOfOtherActsPerPersonDoNotSuffice() {
    DisclosurePolicy other =
        PolicyReader.read(
            OtherPolicy.write(folder, "\"consultations\": 1,", "\"consultations\": 2,"));
    var unused = database.importFiles(other, temporary(), january().writeTo(folder));

    assertThatThrownBy(this::reprotect)
        .hasMessageContaining("2024-01: its atoms were summed with other acts per person");
  }

  @Test
  void withoutAnArchiveTheFilesAreNamed() {
    var unused = importUnderOther(january().writeTo(folder));

    assertThatThrownBy(
            () ->
                database
                    .importService()
                    .reprotect(
                        database.options(folder.resolve("another/tmp"), true),
                        false,
                        new SilentProgress()))
        .hasMessageContaining("import A202401.csv");
  }

  @Test
  void withNoMonthOfAnotherPolicyThereIsNothingToDo() throws SQLException {
    assertThat(reprotect().files()).isEmpty();
    String release = database.importFiles(temporary(), january().writeTo(folder)).release();

    ImportReport report = reprotect();

    assertThat(report.files()).isEmpty();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.release()).isNull();
    assertThat(served()).containsExactly(release);
  }

  @Test
  void syntheticMonthsStaySynthetic() throws SQLException {
    var unused = importUnderOther(january().synthetic().writeTo(folder));
    List<String> sources = query(SOURCES);

    ImportReport report = reprotect();

    assertThat(report.files().get(0).synthetic()).isTrue();
    assertThat(report.files().get(0).sha256()).isNotNull();
    assertThat(query(SOURCES)).isEqualTo(sources);
  }

  @Test
  void ifAMonthIsRefusedNoneIsPublishedAndTheArchiveStaysThatOfThePublishedOnes()
      throws IOException, SQLException {
    Path small =
        new RawMonth("202402")
            .line(6, "100", "0", "BEN_RES_REG", "24")
            .line(6, "100", "0", "BEN_RES_REG", "27")
            .writeTo(folder);
    String release = importUnderOther(january().writeTo(folder), small).release();
    List<String> blocks = blocks(BLOCKS);

    ImportReport report = reprotect(false);

    assertThat(report.release()).isNull();
    assertThat(report.files()).extracting(FileReport::file).containsExactly("A202402.csv");
    assertThat(report.files().get(0).error()).contains("--accept-loss");
    assertThat(served()).containsExactly(release);
    assertThat(blocks(BLOCKS)).isEqualTo(blocks);
    FileReport revision =
        importUnderOther(january().line(11, "11", "11").writeTo(folder)).files().get(0);
    assertThat(revision.revises()).isEqualTo(1);
    assertThat(archived()).hasSize(2 * 2 + 1);
    assertThat(reprotect(true).isComplete()).isTrue();
  }

  private ImportReport importUnderOther(Path... files) {
    Path document =
        OtherPolicy.write(folder, "\"least_uncertainty\": 5", "\"least_uncertainty\": 1");
    return database.importFiles(PolicyReader.read(document), temporary(), files);
  }

  private ImportReport reprotect() {
    return reprotect(true);
  }

  private ImportReport reprotect(boolean acceptLoss) {
    return database
        .importService()
        .reprotect(database.options(temporary(), acceptLoss), false, new SilentProgress());
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Path atomsOf(String month) throws IOException {
    return archived().stream()
        .filter(file -> file.getFileName().toString().matches("atoms-.-" + month + ".*"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> archived() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("archive"))) {
      return new ArrayList<>(files.toList());
    }
  }

  private List<String> served() throws SQLException {
    return query("SELECT id FROM control.release WHERE status = 'served' ORDER BY sequence");
  }

  private static String totals() {
    return """
    SELECT concat_ws(' ', month, sum(quantity), sum(charged), sum(reimbursed), sum(excess_fees),
      sum(reimbursement_base), sum(reimbursed_all)) FROM block GROUP BY month ORDER BY month
    """;
  }

  private List<String> blocks(String sql) throws SQLException {
    return PublishedBlocks.query(database.settings(), sql);
  }

  private List<String> query(String sql) throws SQLException {
    return RollupDatabase.query(database.settings(), sql);
  }

  private static DisclosurePolicy builtIn() {
    return PolicyReader.builtIn();
  }

  private static RawMonth january() {
    return new RawMonth("202401")
        .line(20, "600.5", "420")
        .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84");
  }

  private Path february() {
    return new RawMonth("202402").line(50, "50", "50").writeTo(folder);
  }
}
