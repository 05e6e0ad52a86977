package fr.opendamir.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Prepares the database for this version: migrations, then roles and their privileges. */
public final class DatabaseSchema {
  /** Serialises role changes of processes that start together; Flyway has a lock of its own. */
  private static final long ROLES_LOCK = 0x6f70656e64616d72L;

  private final DatabaseSettings settings;

  public DatabaseSchema(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Migrates and grants privileges; has no effect if nothing is missing.
   *
   * @throws DatabaseUnavailableException if the server cannot be reached, or the owner lacks a
   *     privilege
   */
  public void migrate() {
    try {
      var unused = flyway(settings).migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + ROLES_LOCK + ")");
      for (DatabaseRole role : DatabaseRole.values()) {
        ensureRole(statement, role);
      }
      for (String grant : grants()) {
        statement.execute(grant);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  /**
   * Requires that the database is at this version or a later one, because later versions migrate
   * while earlier ones still serve. Changes nothing.
   *
   * @throws IllegalStateException if it is not; the message says what to do
   * @throws DatabaseUnavailableException if the server cannot be reached
   */
  public void require() {
    DatabaseSettings control = settings.as(DatabaseRole.CONTROL);
    boolean isBehind;
    try {
      isBehind = flyway(control).info().pending().length > 0;
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(control, e);
    }
    if (isBehind) {
      throw new IllegalStateException(
          "the database is not at the version of this program; run the command migrate, as the"
              + " owner of the database (this one has opendamir.database.migrate=false)");
    }
    if (lacksSegments(control)) {
      throw new IllegalStateException(
          "months that an earlier version published have no segment yet; run the command migrate,"
              + " which makes them (this one has opendamir.database.migrate=false)");
    }
  }

  /** Whether published imports have no segment, because an earlier version made none. */
  public boolean lacksSegments() {
    return lacksSegments(settings);
  }

  private static boolean lacksSegments(DatabaseSettings settings) {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SegmentLoading.MISSING)) {
      return row.next();
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }

  private static Flyway flyway(DatabaseSettings settings) {
    return Flyway.configure()
        .dataSource(settings.url(), settings.username(), settings.password())
        .locations("classpath:db/migration")
        .schemas("public")
        .load();
  }

  private void ensureRole(Statement statement, DatabaseRole role) throws SQLException {
    statement.execute(
"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN CREATE ROLE %s LOGIN; END IF;
END $$\
"""
            .formatted(role.roleName(), role.roleName()));
    statement.execute(
        "ALTER ROLE %s PASSWORD '%s'".formatted(role.roleName(), settings.rolePassword(role)));
  }

  private static List<String> grants() {
    String importer = DatabaseRole.IMPORTER.roleName();
    String reader = DatabaseRole.READER.roleName();
    String control = DatabaseRole.CONTROL.roleName();
    String access = DatabaseRole.ACCESS.roleName();
    return List.of(
        // Only the owner of a partitioned table may attach to it and drop from it.
        "GRANT " + importer + " TO CURRENT_USER",
        "GRANT USAGE, CREATE ON SCHEMA figures TO " + importer,
        """
        DO $$ DECLARE name text; BEGIN
          FOR name IN SELECT c.oid::regclass FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
            WHERE c.relnamespace = 'figures'::regnamespace AND c.relname ~ '^block(_[0-9]+)?$'
              AND c.relkind IN ('r', 'p') AND o.rolname <> '%s'
          LOOP EXECUTE 'ALTER TABLE ' || name || ' OWNER TO %s'; END LOOP;
        END $$\
        """
            .formatted(importer, importer),
        "GRANT SELECT ON figures.code_level TO " + importer,
        "GRANT SELECT, INSERT, DELETE ON figures.published_import TO " + importer,
        // The owner, so that it may also refresh its statistics.
        "ALTER TABLE figures.rollup OWNER TO " + importer,
        "GRANT SELECT, INSERT, DELETE ON figures.segment, figures.segment_part TO " + importer,
        "GRANT USAGE ON SCHEMA control TO " + importer,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON control.loaded_segment TO " + importer,
        "GRANT SELECT, INSERT, DELETE ON control.loaded_segment_part TO " + importer,
        "GRANT SELECT, INSERT, UPDATE ON control.import, control.import_report, control.release TO "
            + importer,
        "GRANT SELECT, INSERT ON control.policy, control.import_total, control.import_loss,"
            + " control.import_keyed_digest, control.release_import,"
            + " control.rollup, control.rollup_choice, control.rollup_choice_step,"
            + " control.import_rollup TO "
            + importer,
        "GRANT USAGE ON SCHEMA figures TO " + reader,
        "GRANT SELECT ON figures.published_import, figures.rollup, figures.segment,"
            + " figures.segment_part TO "
            + reader,
        // Services of earlier versions would omit months that are no longer stored as rows.
        "REVOKE ALL ON figures.block, figures.code_level FROM " + reader,
        "ALTER ROLE " + reader + " SET default_transaction_read_only = on",
        "GRANT USAGE ON SCHEMA control TO " + control,
        "GRANT SELECT ON control.policy, control.import, control.import_total, control.import_loss,"
            + " control.release, control.release_import, control.rollup, control.rollup_choice,"
            + " control.rollup_choice_step, control.import_rollup TO "
            + control,
        // The list of segments, but not their content.
        "GRANT USAGE ON SCHEMA figures TO " + control,
        "GRANT SELECT ON figures.segment TO " + control,
        // The version of the database, for services that may not migrate it.
        "GRANT SELECT ON public.flyway_schema_history TO " + control,
        "ALTER ROLE " + control + " SET default_transaction_read_only = on",
        "GRANT USAGE ON SCHEMA control TO " + access,
        // May not delete a key, nor change its owner, plan or hash.
        "GRANT SELECT, INSERT, UPDATE (expires_at, revoked_at, replaced_by) ON control.api_key TO "
            + access,
        "GRANT SELECT, INSERT, UPDATE (requests, units, refused) ON control.usage_day TO "
            + access);
  }
}
