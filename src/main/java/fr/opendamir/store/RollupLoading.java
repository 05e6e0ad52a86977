package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.RollupChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Rollups of imports: loaded into a table of their own, where no reader sees them, and moved to the
 * table that readers see when their import is published.
 */
final class RollupLoading {
  private final ImportStatements statements;

  RollupLoading(ImportStatements statements) {
    this.statements = statements;
  }

  Optional<RollupChoice> choice(RollupChoice.Place place) throws SQLException {
    List<RollupChoice.Step> steps =
        statements.query(
            """
            -- name: the steps of the newest choice of rollups
            SELECT r.levels, s.estimated_rows, s.mean_after
            FROM control.rollup_choice_step s JOIN control.rollup r ON r.id = s.rollup_id
            WHERE s.choice_id = (SELECT max(id) FROM control.rollup_choice WHERE place = ?) ORDER BY s.position
            """,
            row ->
                new RollupChoice.Step(
                    grouping(row.getString("levels")),
                    row.getLong("estimated_rows"),
                    row.getDouble("mean_after")),
            place.id());
    return statements
        .query(
            """
            -- name: the newest choice of rollups
            SELECT budget, blocks, mean_without FROM control.rollup_choice
            WHERE place = ? ORDER BY id DESC LIMIT 1
            """,
            row ->
                new RollupChoice(
                    place,
                    row.getDouble("budget"),
                    row.getLong("blocks"),
                    row.getDouble("mean_without"),
                    steps),
            place.id())
        .stream()
        .findFirst();
  }

  private static Grouping grouping(String levels) {
    return Grouping.parse(levels)
        .orElseThrow(() -> new IllegalStateException("a rollup by unknown levels: " + levels));
  }

  void keep(RollupChoice choice) throws SQLException {
    long id =
        statements
            .ids(
                """
                -- name: a new choice of rollups
                INSERT INTO control.rollup_choice (place, budget, blocks, mean_without)
                VALUES (?, ?, ?, ?) RETURNING id
                """,
                choice.place().id(),
                choice.budget(),
                choice.blocks(),
                choice.meanWithout())
            .get(0);
    for (int i = 0; i < choice.steps().size(); i++) {
      RollupChoice.Step step = choice.steps().get(i);
      statements.update(
          "INSERT INTO control.rollup (levels) VALUES (?) ON CONFLICT DO NOTHING",
          step.grouping().id());
      statements.update(
          """
          -- name: a step of a choice of rollups
          INSERT INTO control.rollup_choice_step (choice_id, position, rollup_id, estimated_rows, mean_after)
          SELECT ?, ?, id, ?, ? FROM control.rollup WHERE levels = ?
          """,
          id,
          i,
          step.rows(),
          step.meanAfter(),
          step.grouping().id());
    }
  }

  Map<Grouping, Integer> ids(Collection<Grouping> groupings) throws SQLException {
    Map<String, Integer> known = new LinkedHashMap<>();
    var unused =
        statements.query(
            "SELECT levels, id FROM control.rollup",
            row -> known.put(row.getString("levels"), row.getInt("id")));
    Map<Grouping, Integer> ids = new LinkedHashMap<>();
    groupings.forEach(grouping -> ids.put(grouping, known.get(grouping.id())));
    return ids;
  }

  /**
   * Loads the rollups of an import.
   *
   * @param totals the sums of its blocks
   * @throws IllegalStateException if one does not add up to the blocks
   */
  void load(long importId, String month, LoadedRollups rollups, Map<SourceMeasure, Long> totals)
      throws SQLException {
    if (rollups.csv().isEmpty()) {
      return;
    }
    String table = table(importId);
    statements.execute("CREATE TABLE " + table + " (LIKE figures.rollup)");
    statements.execute(
        "ALTER TABLE %s ALTER import_id SET DEFAULT %d, ALTER month SET DEFAULT '%s'"
            .formatted(table, importId, month));
    copy(table, rollups.csv().get());
    requireSums(importId, rollups.rows().size(), totals);
    statements.update(
        """
        -- name: the rollups of an import
        INSERT INTO control.import_rollup (import_id, rollup_id, rows)
        SELECT import_id, rollup_id, count(*) FROM %s GROUP BY import_id, rollup_id
        """
            .formatted(table));
    statements.update(
        "UPDATE control.import SET rollup_choice ="
            + " (SELECT max(id) FROM control.rollup_choice WHERE place = 'database') WHERE id = ?",
        importId);
  }

  private void copy(String table, Path csv) throws SQLException {
    String sql =
        "COPY %s (%s) FROM STDIN (FORMAT csv)"
            .formatted(table, String.join(", ", LoadColumns.rollups()));
    try (InputStream in = Files.newInputStream(csv)) {
      var unused =
          statements.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in, 1 << 18);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the rollups cannot be read back from the temporary folder", e);
    }
  }

  /** Requires that every rollup adds up to the blocks, to the cent. */
  private void requireSums(long importId, int rollups, Map<SourceMeasure, Long> totals)
      throws SQLException {
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(measure -> "sum(all_%s)".formatted(measure.id()))
            .collect(joining(", "));
    String blockSums =
        Arrays.stream(SourceMeasure.values())
            .map(measure -> totals.get(measure).toString())
            .collect(joining(", "));
    List<Long> right =
        statements.ids(
            """
            -- name: how many rollups add up to the blocks
            SELECT count(*) FROM (SELECT rollup_id FROM %s GROUP BY rollup_id
              HAVING ROW(%s) = ROW(%s)) r
            """
                .formatted(table(importId), sums, blockSums));
    if (right.get(0) != rollups) {
      throw new IllegalStateException(
          "the rollups in the database do not add up to the blocks; nothing was published");
    }
  }

  /** Part of the transaction that publishes an import. */
  void publish(long importId) throws SQLException {
    if (isLoaded(importId)) {
      statements.execute(
          "INSERT INTO figures.rollup SELECT * FROM " + table(importId) + " ORDER BY rollup_id");
      statements.execute("DROP TABLE " + table(importId));
    }
  }

  /** Part of the transaction that withdraws an import. */
  void withdraw(long importId) throws SQLException {
    statements.update(
        """
        -- name: rollups of a withdrawn import
        DELETE FROM figures.rollup WHERE import_id = ? AND rollup_id IN (
          SELECT rollup_id FROM control.import_rollup WHERE import_id = ?)
        """,
        importId,
        importId);
  }

  /** Forgets the rollups of an import that was never published. */
  void forget(long importId) throws SQLException {
    statements.execute("DROP TABLE IF EXISTS " + table(importId));
  }

  private boolean isLoaded(long importId) throws SQLException {
    return !statements.ids("SELECT 1 WHERE to_regclass(?) IS NOT NULL", table(importId)).isEmpty();
  }

  private static String table(long importId) {
    return "figures.rollup_" + importId;
  }
}
