package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When rollups come, and that they go with their import. */
class RollupPublicationDbTest {
  private static final int LINES = 1_000;

  @TempDir Path folder;

  private RollupDatabase database;

  @BeforeEach
  void create() {
    database = new RollupDatabase(folder);
  }

  @Test
  void aReplacedMonthTakesItsRollupsAlong() throws SQLException {
    var first = database.importMonth(ManyBlocks.month("202401", LINES, 1));
    var other = database.importMonth(ManyBlocks.month("202402", LINES, 2));
    assertThat(first).isNotEqualTo(other);

    ImportReport replaced =
        database.run(
            ManyBlocks.month("202401", LINES, 3).writeTo(folder, "A202401-new.csv"),
            database.options(true, RollupDatabase.BUDGET));

    assertThat(replaced.isComplete()).isTrue();
    assertThat(database.stagingTables()).isEmpty();
    assertThat(
            database.query(
                "SELECT DISTINCT r.import_id || ' ' || i.status FROM figures.rollup r"
                    + " JOIN control.import i ON i.id = r.import_id ORDER BY 1"))
        .containsExactly("2 published", "3 published");
  }

  @Test
  void whatIsLoadedIsSeenByNobodyBeforeItIsPublished() throws SQLException {
    var unused = database.importMonth(ManyBlocks.month("202401", LINES, 1));
    List<String> before = database.asReader("SELECT count(*)::text FROM figures.rollup");
    List<String> seen = new ArrayList<>();
    List<String> staged = new ArrayList<>();
    // The second file is looked at after the first one was loaded, before both are published.
    ImportProgress looking = new AtSecondFile(() -> look(seen, staged));

    ImportReport report =
        database.run(
            List.of(
                ManyBlocks.month("202402", LINES, 2).writeTo(folder),
                new RawMonth("202403").line(50, "5", "50").writeTo(folder)),
            looking);

    assertThat(report.release()).isNotNull();
    assertThat(staged).containsExactly("rollup_2");
    assertThat(seen).isEqualTo(before);
    assertThat(database.asReader("SELECT DISTINCT import_id::text FROM figures.rollup ORDER BY 1"))
        .containsExactly("1", "2");
  }

  @Test
  void whatAKilledImportStagedIsRemovedByTheNextThatPublishes() throws SQLException {
    List<Path> files =
        List.of(
            ManyBlocks.month("202401", LINES, 1).writeTo(folder),
            new RawMonth("202402").line(50, "5", "5").writeTo(folder));
    ImportProgress killing =
        new AtSecondFile(
            () -> {
              throw new KilledException();
            });
    try {
      var unused = database.run(files, killing);
    } catch (KilledException e) {
      // as intended: nothing was published
    }
    assertThat(database.stagingTables()).hasSize(1);

    try (ImportSession next = database.session()) {
      assertThat(next.cleanedUp()).isEmpty();
      assertThat(next.staged()).hasSize(1);
    }
    assertThat(database.stagingTables()).hasSize(1);
    var published = database.run(files.get(1), database.options(false, 0));

    assertThat(published.isComplete()).isTrue();
    assertThat(database.stagingTables()).isEmpty();
    assertThat(database.query("SELECT count(*)::text FROM figures.rollup")).containsExactly("0");
  }

  @Test
  void noBudgetIsNoRollups() throws SQLException {
    ImportReport report =
        database.run(
            ManyBlocks.month("202401", LINES, 1).writeTo(folder), database.options(false, 0));

    assertThat(report.isComplete()).isTrue();
    assertThat(database.query("SELECT count(*)::text FROM figures.rollup")).containsExactly("0");
    assertThat(database.query("SELECT count(*)::text FROM control.import_rollup"))
        .containsExactly("0");
    assertThat(database.stagingTables()).isEmpty();
    try (PublishedBlocks blocks = database.blocks()) {
      assertThat(blocks.query("SELECT sum(charged) > 0 FROM block")).containsExactly("true");
    }
  }

  private void look(List<String> seen, List<String> staged) {
    try {
      staged.addAll(database.stagingTables());
      seen.addAll(database.asReader("SELECT count(*)::text FROM figures.rollup"));
      assertThat(staged)
          .allSatisfy(
              table ->
                  assertThat(
                          database.query(
                              "SELECT has_table_privilege('opendamir_reader', 'figures.%s', 'SELECT')::text"
                                  .formatted(table)))
                      .containsExactly("false"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stands for a process that is gone. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
