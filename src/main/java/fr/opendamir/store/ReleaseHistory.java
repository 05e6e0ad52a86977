package fr.opendamir.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Lists the releases of a database, and goes back to an earlier one. */
public final class ReleaseHistory {
  private final DatabaseSettings settings;

  /**
   * Connects as the importer, not as the owner.
   *
   * @param settings the settings of the owner
   */
  public ReleaseHistory(DatabaseSettings settings) {
    this.settings = settings.as(DatabaseRole.IMPORTER);
  }

  /** All releases, also withdrawn ones, newest first. */
  public List<StoredRelease> list() {
    try (Connection connection = settings.connect()) {
      ImportStatements statements = new ImportStatements(connection);
      return statements.inTransaction(() -> list(statements));
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  /** The served releases that are newer than a served one, newest first. */
  public List<String> newerThan(String release) {
    List<StoredRelease> all = list();
    requireServed(all, release);
    return all.stream()
        .takeWhile(stored -> !stored.id().equals(release))
        .filter(StoredRelease::isServed)
        .map(StoredRelease::id)
        .toList();
  }

  /**
   * Makes an earlier release the newest again, under its own id: later ones are withdrawn, with the
   * blocks that only they have. Serving processes are notified.
   *
   * @return the releases that were withdrawn, newest first; none if it was the newest already
   * @throws IllegalArgumentException if it is not served
   * @throws fr.opendamir.ingest.port.ImportRefusedException while an import runs
   */
  public List<String> rollBack(String release) {
    try (ImportLock lock = ImportLock.acquire(settings, false)) {
      ImportStatements statements = new ImportStatements(lock.connection());
      requireServed(statements.inTransaction(() -> list(statements)), release);
      return new Publication(statements).rollBack(release);
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  /**
   * Publishes the newest release again if it pins other reference tables than this version has.
   *
   * @return the new release; empty if nothing changed
   * @throws fr.opendamir.ingest.port.ImportRefusedException while an import runs
   */
  public Optional<String> pinReferences() {
    try (ImportLock lock = ImportLock.acquire(settings, false)) {
      return new Publication(new ImportStatements(lock.connection())).pinReferences();
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  private static void requireServed(List<StoredRelease> all, String release) {
    Optional<StoredRelease> known =
        all.stream().filter(stored -> stored.id().equals(release)).findFirst();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no release « " + release + " »; see releases list");
    }
    if (!known.get().isServed()) {
      throw new IllegalArgumentException(
          "release "
              + release
              + " was withdrawn, and its blocks are gone: import its files again instead");
    }
  }

  private static List<StoredRelease> list(ImportStatements statements) throws SQLException {
    return statements.query(
        """
        -- name: all releases
        SELECT r.id, r.published_at, r.status = 'served' AS served, coalesce(bool_or(i.synthetic), false) AS synthetic,
          coalesce(min(i.month), '-') AS first, coalesce(max(i.month), '-') AS last,
          count(DISTINCT i.month) AS months, count(i.revises) AS revisions
        FROM control.release r
        LEFT JOIN control.release_import ri ON ri.release_id = r.id
        LEFT JOIN control.import i ON i.id = ri.import_id
        GROUP BY r.id ORDER BY r.sequence DESC
        """,
        ReleaseHistory::release);
  }

  private static StoredRelease release(ResultSet row) throws SQLException {
    return new StoredRelease(
        row.getString("id"),
        row.getTimestamp("published_at").toInstant(),
        row.getBoolean("served"),
        row.getBoolean("synthetic"),
        row.getString("first"),
        row.getString("last"),
        row.getInt("months"),
        row.getInt("revisions"));
  }
}
