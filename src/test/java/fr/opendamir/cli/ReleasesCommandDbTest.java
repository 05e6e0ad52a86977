package fr.opendamir.cli;

import static fr.opendamir.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.ImportReport;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to an earlier release, and on from there. */
class ReleasesCommandDbTest {
  private final TestDatabase database = TestDatabase.create();

  @TempDir Path folder;

  @BeforeEach
  void configure() {
    System.setProperty("opendamir.database.url", database.settings().url());
    System.setProperty("opendamir.database.username", database.settings().username());
  }

  @AfterEach
  void forget() {
    System.clearProperty("opendamir.database.url");
    System.clearProperty("opendamir.database.username");
  }

  @Test
  void anEarlierReleaseIsTheNewestAgainAndImportsGoOnFromIt() throws Exception {
    assertThat(run("releases", "list").output()).contains("Nothing was ever published.");
    String first = imported("202401", "600.5", "A202401.csv");
    String february = imported("202402", "70", "A202402.csv");
    String revised = imported(january("600.5").line(30, "300", "4").writeTo(folder, "B202401.csv"));
    assertThat(blocks()).containsExactly("2024-01 90050", "2024-02 7000");
    assertThat(run("releases", "list").output().lines())
        .hasSize(4)
        .element(1)
        .asString()
        .contains(revised, "served", "2024-01 2024-02", "1");

    CommandLines.Outcome dry = run("releases", "rollback", "--dry-run", first);
    assertThat(dry.output()).contains("Would be withdrawn: " + revised + ", " + february);
    assertThat(blocks()).containsExactly("2024-01 90050", "2024-02 7000");

    CommandLines.Outcome done = run("releases", "rollback", february);
    assertThat(done.exitCode()).as(done.errors()).isZero();
    assertThat(done.output())
        .contains("Withdrawn: " + revised + ".", "Release " + february + " is the newest");
    assertThat(blocks()).containsExactly("2024-01 60050", "2024-02 7000");
    assertThat(publishedImports()).containsExactly("1", "2");
    assertThat(run("releases", "list", "--json").output())
        .contains("\"id\" : \"" + revised + "\"", "\"state\" : \"withdrawn\"");
    List<String> noted = timesOfWithdrawal();
    assertThat(noted).hasSize(1);
    assertThat(run("releases", "rollback", february).output()).contains("nothing changes");
    refused("was withdrawn", revised);
    refused("there is no release « 1999-01-01.1 »", "1999-01-01.1");

    // An import goes on from what is served now, and ids are not given again.
    String march = imported("202403", "5", "A202403.csv");
    assertThat(march).isNotIn(first, february, revised);
    assertThat(blocks()).containsExactly("2024-01 60050", "2024-02 7000", "2024-03 500");
    imported("202401", "950.5", "C202401.csv");
    assertThat(blocks()).containsExactly("2024-01 95050", "2024-02 7000", "2024-03 500");
    assertThat(timesOfWithdrawal()).hasSize(4).startsWith(noted.get(0));
  }

  @Test
  void nothingIsRolledBackWhileAnImportRuns() throws Exception {
    String first = imported("202401", "600.5", "A202401.csv");
    imported("202402", "70", "A202402.csv");
    try (Connection other = database.settings().connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + 0x6f70656e696d70L + ")");
      refused("another import is running", first);
    }
    assertThat(blocks()).hasSize(2);
    assertThat(run("releases").exitCode()).isEqualTo(2);
  }

  private static RawMonth january(String charged) {
    return new RawMonth("202401").line(20, charged, "4");
  }

  private String imported(String month, String charged, String name) throws Exception {
    return imported(new RawMonth(month).line(20, charged, "4").writeTo(folder, name));
  }

  private String imported(Path file) throws Exception {
    ImportReport report = database.importFiles(folder.resolve("tmp"), file);
    assertThat(report.isComplete()).as(report.toString()).isTrue();
    return report.release();
  }

  private List<String> blocks() throws Exception {
    return PublishedBlocks.query(
        database.settings(),
        "SELECT month || ' ' || sum(charged) FROM block GROUP BY month ORDER BY month");
  }

  private List<String> publishedImports() throws Exception {
    return query("SELECT import_id::text FROM figures.published_import ORDER BY 1");
  }

  private List<String> timesOfWithdrawal() throws Exception {
    return query(
        "SELECT withdrawn_at::text FROM control.release WHERE withdrawn_at IS NOT NULL ORDER BY 1");
  }

  private List<String> query(String sql) throws Exception {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  private static void refused(String why, String release) {
    CommandLines.Outcome outcome = run("releases", "rollback", release);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors()).contains(why);
  }
}
