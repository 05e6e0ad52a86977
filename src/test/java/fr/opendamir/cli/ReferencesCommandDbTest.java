package fr.opendamir.cli;

import static fr.opendamir.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference tables on the command line. */
class ReferencesCommandDbTest {
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
  void theTablesOfThisVersionAreListed() {
    CommandLines.Outcome listed = run("references", "list");
    assertThat(listed.exitCode()).as(listed.errors()).isZero();
    assertThat(listed.output().lines())
        .hasSize(6)
        .contains("gp_supply_2013@2013.1: 101 rows, 2013")
        .anyMatch(line -> line.startsWith("population@2025.1: 728 rows, 1 January 2019 to 2025"));
  }

  @Test
  void loadingPublishesTheSameMonthsOnceWhereOtherVersionsArePinned() throws Exception {
    assertThat(run("references", "load").output())
        .startsWith("No release pins other versions than population@2025.1");
    Path file = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
    String first = database.importFiles(folder.resolve("tmp"), file).release();
    assertThat(run("references", "load").output()).contains("nothing changes");

    execute("UPDATE control.release SET reference_versions = 'population@2024.1'");
    CommandLines.Outcome loaded = run("references", "load");

    assertThat(loaded.exitCode()).as(loaded.errors()).isZero();
    assertThat(loaded.output())
        .startsWith("Release ")
        .contains("pins population@2025.1")
        .doesNotContain(first);
    assertThat(run("references", "load").output()).contains("nothing changes");
    assertThat(run("releases", "list").output().lines().filter(line -> line.contains("served")))
        .hasSize(2);
  }

  @Test
  void nothingIsPublishedWhileAnImportRuns() throws Exception {
    Path file = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), file);
    try (Connection other = database.settings().connect();
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE control.release SET reference_versions = 'population@2024.1'");
      statement.execute("SELECT pg_advisory_lock(" + 0x6f70656e696d70L + ")");
      CommandLines.Outcome refused = run("references", "load");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.errors()).contains("another import is running");
    }
  }

  @Test
  void anythingElseIsExplained() {
    assertThat(run("references").exitCode()).isEqualTo(2);
    CommandLines.Outcome wrong = run("references", "laod");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errors()).contains("list", "load");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
