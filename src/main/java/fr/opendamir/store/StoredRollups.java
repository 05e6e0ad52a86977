package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.ingest.port.RollupChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rollups of the newest published import, and the choice that led to them.
 *
 * @param month the month of the import
 * @param blocks its number of blocks
 * @param rows the number of rows by grouping; empty if it has no rollups
 * @param choice the newest choice, which the next import follows
 */
public record StoredRollups(
    String month, long blocks, Map<Grouping, Long> rows, Optional<RollupChoice> choice) {
  public StoredRollups {
    rows = new LinkedHashMap<>(rows);
  }

  /**
   * Reads the rollups.
   *
   * @return empty if nothing is published
   * @throws DatabaseUnavailableException if the database cannot be reached
   */
  public static Optional<StoredRollups> read(DatabaseSettings settings) {
    try (Connection connection = settings.connect()) {
      ImportStatements statements = new ImportStatements(connection);
      Optional<RollupChoice> choice =
          new RollupLoading(statements).choice(RollupChoice.Place.DATABASE);
      List<StoredRollups> newest =
          statements.query(
              """
              -- name: the newest published import that is no revision
              SELECT id, month, blocks FROM control.import
              WHERE status = 'published' AND revises IS NULL ORDER BY month DESC, id DESC LIMIT 1
              """,
              row ->
                  new StoredRollups(
                      row.getString("month"),
                      row.getLong("blocks"),
                      rows(statements, row.getLong("id")),
                      choice));
      return newest.stream().findFirst();
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  private static Map<Grouping, Long> rows(ImportStatements statements, long importId)
      throws SQLException {
    Map<Grouping, Long> rows = new LinkedHashMap<>();
    var unused =
        statements.query(
            """
            -- name: the rollups of an import
            SELECT r.levels, ir.rows FROM control.import_rollup ir JOIN control.rollup r ON r.id = ir.rollup_id
            WHERE ir.import_id = ? ORDER BY ir.rows DESC, r.levels
            """,
            row ->
                rows.put(
                    Grouping.parse(row.getString("levels")).orElseThrow(), row.getLong("rows")),
            importId);
    return rows;
  }
}
