package fr.opendamir.store;

import fr.opendamir.reference.ReferenceTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Publishes loaded imports as a release, and withdraws imports and releases. */
final class Publication {
  /** The channel on which serving processes are notified of releases. */
  static final String CHANNEL = "opendamir_release";

  private final ImportStatements statements;
  private final SegmentLoading segments;
  private final RollupLoading rollups;

  Publication(ImportStatements statements) {
    this(statements, new SegmentLoading(statements), new RollupLoading(statements));
  }

  Publication(ImportStatements statements, SegmentLoading segments, RollupLoading rollups) {
    this.statements = statements;
    this.segments = segments;
    this.rollups = rollups;
  }

  /** See the port. It is one transaction, except for the statistics of the table. */
  String publish(List<Long> importIds, List<Long> withdrawn) {
    String published = statements.inTransaction(() -> publishInTransaction(importIds, withdrawn));
    statements.inTransaction(
        () -> {
          statements.execute("ANALYZE figures.rollup");
          return null;
        });
    return published;
  }

  private String publishInTransaction(List<Long> importIds, List<Long> withdrawn)
      throws SQLException {
    Set<Long> leaving = new TreeSet<>(withdrawn);
    leaving.addAll(replacedBy(importIds));
    String release = insertRelease();
    statements.update(
        """
        -- name: what stays in the release
        INSERT INTO control.release_import (release_id, import_id)
        SELECT ?, id FROM control.import
        WHERE id IN (%s) OR (status = 'published' AND NOT (id = ANY (?)))
        """
            .formatted(ImportStatements.list(importIds)),
        release,
        statements.connection().createArrayOf("bigint", leaving.toArray()));
    for (long id : importIds) {
      publish(id);
    }
    for (long id : leaving) {
      withdraw(id);
    }
    // Delivered when the transaction commits.
    var unused = statements.texts("SELECT pg_notify(?, ?)::text", CHANNEL, release);
    return release;
  }

  /**
   * Publishes the newest release again with the reference tables of this version, if it pins other
   * ones; the releases before it stay served.
   *
   * @return the new release; empty if the newest one pins these, or nothing is published
   */
  Optional<String> pinReferences() {
    return statements.inTransaction(
        () -> {
          List<String> outdated =
              statements.texts(
                  """
                  -- name: the newest release, if it pins other references
                  SELECT id FROM (SELECT * FROM control.release WHERE status = 'served'
                    ORDER BY sequence DESC LIMIT 1) newest
                  WHERE reference_versions <> ?
                  """,
                  String.join(",", ReferenceTables.pinned()));
          if (outdated.isEmpty()) {
            return Optional.<String>empty();
          }
          String release = insertRelease();
          statements.update(
              """
              -- name: the same imports with other references
              INSERT INTO control.release_import (release_id, import_id)
              SELECT ?, import_id FROM control.release_import WHERE release_id = ?
              """,
              release,
              outdated.get(0));
          var unused = statements.texts("SELECT pg_notify(?, ?)::text", CHANNEL, release);
          return Optional.of(release);
        });
  }

  /**
   * Makes a served release the newest again, in one transaction: withdraws those after it, and the
   * imports that only they held. Nothing is published that was not published before.
   *
   * @return the releases that were withdrawn, newest first
   */
  List<String> rollBack(String release) {
    return statements.inTransaction(
        () -> {
          List<String> newer = newerThan(release);
          List<Long> leaving =
              statements.ids(
                  """
                  -- name: published imports that only newer releases hold
                  SELECT i.id FROM control.import i
                  WHERE i.status = 'published' AND NOT EXISTS (
                    SELECT FROM control.release_import ri JOIN control.release r ON r.id = ri.release_id
                    WHERE ri.import_id = i.id AND r.status = 'served'
                      AND r.sequence <= (SELECT sequence FROM control.release WHERE id = ?))
                  ORDER BY i.id
                  """,
                  release);
          for (String id : newer) {
            withdrawReleases("id = ?", id);
          }
          for (long id : leaving) {
            withdraw(id);
          }
          var unused = statements.texts("SELECT pg_notify(?, ?)::text", CHANNEL, release);
          return newer;
        });
  }

  private List<String> newerThan(String release) throws SQLException {
    return statements.texts(
        """
        -- name: served releases after one
        SELECT id FROM control.release WHERE status = 'served'
          AND sequence > (SELECT sequence FROM control.release WHERE id = ?) ORDER BY sequence DESC
        """,
        release);
  }

  /** Forgets an import that was never published. */
  void forget(long id) throws SQLException {
    segments.forget(id);
    rollups.forget(id);
    statements.setStatus(id, "failed");
  }

  /** The imports that are replaced. A revision is published beside those that it revises. */
  private List<Long> replacedBy(List<Long> importIds) throws SQLException {
    return statements.ids(
        """
        -- name: published imports of the months that are replaced
        SELECT old.id FROM control.import old JOIN control.import new ON new.month = old.month
        WHERE old.status = 'published' AND new.revises IS NULL AND new.id IN (%s)
        """
            .formatted(ImportStatements.list(importIds)));
  }

  /**
   * Inserts a release. Ids and times never decrease: if the clock was set back, a release has the
   * date of the one before it.
   */
  private String insertRelease() throws SQLException {
    return statements
        .texts(
            """
            -- name: a new release
            WITH last AS (
              SELECT split_part(id, '.', 1) AS day, split_part(id, '.', 2)::numeric AS number
              FROM control.release ORDER BY 1 DESC, 2 DESC LIMIT 1),
            today AS (
              SELECT greatest(to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), (SELECT day FROM last)) AS day)
            INSERT INTO control.release (id, published_at, status, reference_versions)
            SELECT today.day || '.' || 1 + coalesce((SELECT number FROM last WHERE last.day = today.day), 0),
              greatest(now(), (SELECT max(published_at) FROM control.release)), 'served', ?
            FROM today
            RETURNING id
            """,
            String.join(",", ReferenceTables.pinned()))
        .get(0);
  }

  private void publish(long id) throws SQLException {
    segments.publish(id);
    rollups.publish(id);
    statements.update("INSERT INTO figures.published_import VALUES (?)", id);
    statements.setStatus(id, "published");
  }

  private void withdraw(long id) throws SQLException {
    segments.withdraw(id);
    rollups.withdraw(id);
    withdrawReleases(
        "id IN (SELECT release_id FROM control.release_import WHERE import_id = ?)", id);
    statements.update("DELETE FROM figures.published_import WHERE import_id = ?", id);
    statements.setStatus(id, "withdrawn");
  }

  /** Withdraws releases, except those that are withdrawn already. */
  private void withdrawReleases(String which, Object parameter) throws SQLException {
    statements.update(
        """
        -- name: withdraw releases
        UPDATE control.release SET status = 'withdrawn', withdrawn_at = greatest(now(), published_at)
        WHERE status = 'served' AND %s
        """
            .formatted(which),
        parameter);
  }
}
