package fr.opendamir.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollups of months as they are in the database. */
class RollupDbTest {
  private static final int LINES = 1_000;

  @TempDir Path folder;

  private RollupDatabase database;

  @BeforeEach
  void create() {
    database = new RollupDatabase(folder);
  }

  /** The sums as SQL over blocks, without any code of the rollups. */
  private static final List<String> NAIVE_SUMS =
      List.of(
          "sum(quantity)",
          "sum(charged)",
          "sum(reimbursed)",
          "sum(excess_fees)",
          "sum(reimbursement_base)",
          "sum(reimbursed_all)",
          "sum(charged) FILTER (WHERE service_kind IN ('care', 'participation'))",
          "sum(reimbursed) FILTER (WHERE service_kind IN ('care', 'participation'))",
          "sum(excess_fees) FILTER (WHERE service_kind IN ('care', 'participation'))",
          "sum(reimbursed_all) FILTER (WHERE service_kind IN ('care', 'participation'))");

  private static final List<String> STORED_SUMS =
      List.of(
          "all_quantity",
          "all_charged",
          "all_reimbursed",
          "all_excess_fees",
          "all_reimbursement_base",
          "all_reimbursed_all",
          "care_charged",
          "care_reimbursed",
          "care_excess_fees",
          "care_reimbursed_all");

  @Test
  void everyRollupIsTheSumOfTheBlocksByItsLevels() throws SQLException {
    var january = database.importMonth(ManyBlocks.month("202401", LINES, 1));
    var revised = database.importMonth(ManyBlocks.month("202401", LINES + 400, 1));
    assertThat(january).isNotEqualTo(revised);

    List<String> rollups =
        database.query(
            "SELECT import_id || ' ' || rollup_id FROM control.import_rollup ORDER BY 1");

    assertThat(rollups).hasSizeGreaterThan(10);
    assertThat(database.query("SELECT DISTINCT import_id::text FROM figures.rollup ORDER BY 1"))
        .containsExactly("1", "2");
    try (PublishedBlocks blocks = database.blocks()) {
      for (String rollup : rollups) {
        int space = rollup.indexOf(' ');
        String importId = rollup.substring(0, space);
        String rollupId = rollup.substring(space + 1);
        assertThat(stored(importId, rollupId))
            .as("import %s, rollup %s", importId, rollupId)
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(blocks.query(naive(importId, rollupId)));
        assertThat(
                database.query(
                    "SELECT rows::text FROM control.import_rollup WHERE import_id = %s AND rollup_id = %s"
                        .formatted(importId, rollupId)))
            .containsExactly(String.valueOf(stored(importId, rollupId).size()));
      }
    }
  }

  @Test
  void rollupsStayWithinTheBudgetAndTellTheirLevelsOnly() throws SQLException {
    var unused = database.importMonth(ManyBlocks.month("202401", LINES, 1));

    assertThat(
            database.query(
                """
                SELECT count(*)::text FROM control.import i
                WHERE (SELECT count(*) FROM figures.rollup r WHERE r.import_id = i.id) BETWEEN 1 AND 2 * i.blocks
                """))
        .containsExactly("1");
    assertThat(
            database.query(
                """
                SELECT count(*)::text FROM control.import_rollup r JOIN control.import i ON i.id = r.import_id
                WHERE r.rows >= i.blocks
                """))
        .containsExactly("0");
    for (String levels : database.query("SELECT levels FROM control.rollup")) {
      Grouping grouping = Grouping.parse(levels).orElseThrow();
      String wrong =
          Grouping.possibleLevels().stream()
              .map(level -> level.id() + (grouping.covers(level) ? " IS NULL" : " IS NOT NULL"))
              .collect(joining(" OR "));
      assertThat(
              database.query(
                  """
                  SELECT count(*)::text FROM figures.rollup
                  WHERE rollup_id = (SELECT id FROM control.rollup WHERE levels = '%s') AND (%s)
                  """
                      .formatted(levels, wrong)))
          .as(levels)
          .containsExactly("0");
    }
  }

  @Test
  void aMonthOfFewBlocksNeedsNoRollups() throws SQLException {
    var unused = database.importMonth(new RawMonth("202401").line(20, "1", "1").line(30, "2", "2"));

    assertThat(database.query("SELECT count(*)::text FROM figures.rollup")).containsExactly("0");
  }

  @Test
  void aMonthOfAboutTheSameSizeHasTheRollupsOfTheOneBefore() throws SQLException {
    var january = database.importMonth(ManyBlocks.month("202401", LINES, 1));
    var february = database.importMonth(ManyBlocks.month("202402", LINES * 2, 2));
    assertThat(january).isNotEqualTo(february);

    assertThat(database.query("SELECT count(*)::text FROM control.rollup_choice"))
        .containsExactly("1");
    assertThat(database.query("SELECT rollup_choice::text FROM control.import ORDER BY id"))
        .containsExactly("1", "1");
    // Those that the budget has room for, which depends on the month.
    assertThat(rollupsOf(2)).hasSizeGreaterThan(5);
    assertThat(database.query("SELECT rollup_id::text FROM control.rollup_choice_step"))
        .containsAll(rollupsOf(1))
        .containsAll(rollupsOf(2));
  }

  @Test
  void aMonthOfAnotherSizeIsMeasuredAnew() throws SQLException {
    var january = database.importMonth(ManyBlocks.month("202401", LINES / 5, 1));
    var february = database.importMonth(ManyBlocks.month("202402", LINES * 2, 2));
    assertThat(january).isNotEqualTo(february);

    assertThat(database.query("SELECT count(*)::text FROM control.rollup_choice"))
        .containsExactly("2");
    assertThat(
            database.query(
                "SELECT rollup_choice::text FROM control.import WHERE month = '2024-02'"))
        .containsExactly("2");
    assertThat(
            database.query(
                "SELECT rollup_id::text FROM control.rollup_choice_step WHERE choice_id = 2"))
        .containsAll(rollupsOf(2));
  }

  @Test
  void aRevisionFollowsTheChoiceOfItsMonthHoweverFewItsBlocks() throws SQLException {
    var january = database.importMonth(ManyBlocks.month("202401", LINES, 1));
    var revision = database.importMonth(ManyBlocks.month("202401", LINES + 60, 1));
    assertThat(january).isNotEqualTo(revision);

    assertThat(database.query("SELECT count(*)::text FROM control.rollup_choice"))
        .containsExactly("1");
    assertThat(rollupsOf(2)).isNotEmpty();
    assertThat(rollupsOf(1)).isNotEmpty();
    assertThat(database.query("SELECT rollup_id::text FROM control.rollup_choice_step"))
        .containsAll(rollupsOf(2));
  }

  private List<String> stored(String importId, String rollupId) throws SQLException {
    return database.query(
        "SELECT concat_ws('|', %s) FROM figures.rollup WHERE import_id = %s AND rollup_id = %s"
            .formatted(texts(levels(rollupId), STORED_SUMS), importId, rollupId));
  }

  /** One straightforward GROUP BY. */
  private String naive(String importId, String rollupId) throws SQLException {
    List<String> levels = levels(rollupId);
    return "SELECT concat_ws('|', %s) FROM block WHERE import_id = %s GROUP BY month%s"
        .formatted(
            texts(levels, NAIVE_SUMS),
            importId,
            levels.stream().map(level -> ", " + level).collect(joining()));
  }

  private static String texts(List<String> levels, List<String> sums) {
    return Stream.concat(Stream.concat(Stream.of("month"), levels.stream()), sums.stream())
        .map(column -> "coalesce((" + column + ")::text, 'none')")
        .collect(joining(", "));
  }

  private List<String> levels(String rollupId) throws SQLException {
    Grouping grouping =
        Grouping.parse(
                database.query("SELECT levels FROM control.rollup WHERE id = " + rollupId).get(0))
            .orElseThrow();
    return Grouping.possibleLevels().stream().filter(grouping::covers).map(Level::id).toList();
  }

  private List<String> rollupsOf(int importId) throws SQLException {
    return database.query(
        "SELECT rollup_id::text FROM control.import_rollup WHERE import_id = " + importId);
  }
}
