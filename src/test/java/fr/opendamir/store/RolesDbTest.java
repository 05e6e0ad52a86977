package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role can and cannot do, tried by connecting as it. */
class RolesDbTest {
  private static TestDatabase database;

  @BeforeAll
  static void importOneMonth(@TempDir Path folder) {
    database = TestDatabase.create();
    Path file = new RawMonth("202401").line(50, "500", "400").writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), file);
  }

  @Test
  void theReaderReadsPublishedSegments() throws SQLException {
    assertThat(
            as(
                DatabaseRole.READER,
                "SELECT position::text FROM figures.segment s JOIN figures.segment_part p"
                    + " ON p.segment_id = s.id"))
        .containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id::text FROM control.import",
        "SELECT report::text FROM control.import_report",
        "SELECT digest FROM control.import_keyed_digest",
        "SELECT document::text FROM control.policy",
        "SELECT prefix FROM control.api_key",
        "SELECT plan FROM control.usage_day",
        "SELECT version FROM public.flyway_schema_history",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "DELETE FROM figures.segment",
        "DELETE FROM figures.segment_part",
        "SELECT sha256 FROM control.loaded_segment",
        "SELECT content FROM control.loaded_segment_part",
        "SET default_transaction_read_only = off; DELETE FROM figures.segment",
        "INSERT INTO figures.published_import VALUES (99)",
        "CREATE TABLE figures.mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "SET ROLE opendamir_importer",
        "COPY figures.segment_part TO '/tmp/segments'"
      })
  void theReaderIsRefusedEverythingElse(String statement) {
    assertRefused(DatabaseRole.READER, statement);
  }

  @Test
  void theControlRoleReadsWhatWasPublishedAndHow() throws SQLException {
    assertThat(as(DatabaseRole.CONTROL, "SELECT month FROM control.import"))
        .containsExactly("2024-01");
    assertThat(as(DatabaseRole.CONTROL, "SELECT rows::text FROM figures.segment"))
        .containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT report::text FROM control.import_report",
        "SELECT digest FROM control.import_keyed_digest",
        "SELECT hash FROM control.api_key",
        "SELECT plan FROM control.usage_day",
        "SELECT content FROM figures.segment_part",
        "SELECT content FROM control.loaded_segment_part",
        "SELECT sha256 FROM control.loaded_segment",
        "UPDATE control.release SET status = 'withdrawn'",
        "SET default_transaction_read_only = off; UPDATE control.release SET status = 'withdrawn'"
      })
  void theControlRoleIsRefusedFiguresAndReports(String statement) {
    assertRefused(DatabaseRole.CONTROL, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE mine",
        "CREATE TABLE control.mine (x int)",
        "DROP TABLE control.import",
        "DELETE FROM control.import",
        "SELECT hash FROM control.api_key",
        "UPDATE control.api_key SET revoked_at = now()",
        "SELECT plan FROM control.usage_day",
        "ALTER ROLE opendamir_reader SUPERUSER",
        "SELECT rolpassword FROM pg_authid"
      })
  void theImporterIsNotTheOwner(String statement) {
    assertRefused(DatabaseRole.IMPORTER, statement);
  }

  @Test
  void noImportMakesATable() throws SQLException {
    assertThat(
            as(
                DatabaseRole.IMPORTER,
                "SELECT tablename::text FROM pg_tables WHERE tablename ~ '_[0-9]+$'"))
        .isEmpty();
  }

  @Test
  void theAccessRoleKeepsKeysAndUsage() throws SQLException {
    assertThat(
            as(
                DatabaseRole.ACCESS,
                """
                INSERT INTO control.api_key (hash, prefix, owner, plan, created_at)
                VALUES (repeat('a', 64), 'odk_aaaaaaaa', 'Ada', 'partner', now());
                UPDATE control.api_key SET revoked_at = now(), expires_at = now(), replaced_by = id;
                INSERT INTO control.usage_day (day, plan, door, requests, units, refused)
                VALUES ('2026-11-24', 'anonymous', 'rest', 1, 1, 0);
                UPDATE control.usage_day SET requests = 2, units = 2, refused = 1
                """))
        .isEmpty();
    assertThat(as(DatabaseRole.ACCESS, "SELECT owner FROM control.api_key")).contains("Ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id::text FROM control.import",
        "SELECT id FROM control.release",
        "SELECT report::text FROM control.import_report",
        "SELECT digest FROM control.import_keyed_digest",
        "SELECT content FROM figures.segment_part",
        "DELETE FROM control.api_key",
        "UPDATE control.api_key SET hash = repeat('b', 64)",
        "UPDATE control.api_key SET plan = 'partner'",
        "DELETE FROM control.usage_day",
        "UPDATE control.usage_day SET day = '2020-01-01'",
        "CREATE TABLE control.mine (x int)",
        "DROP TRIGGER api_key_change ON control.api_key",
        "SET ROLE opendamir_control",
        "SELECT rolpassword FROM pg_authid"
      })
  void theAccessRoleIsRefusedEverythingElse(String statement) {
    assertRefused(DatabaseRole.ACCESS, statement);
  }

  private static void assertRefused(DatabaseRole role, String statement) {
    assertThatThrownBy(() -> as(role, statement))
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(permission denied|read-only|must be owner).*");
  }

  private static List<String> as(DatabaseRole role, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.settings().as(role).connect();
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet row = statement.getResultSet()) {
          while (row.next()) {
            found.add(row.getString(1));
          }
        }
      }
      while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
        // A statement after the first may be the one that is refused.
      }
    }
    return found;
  }
}
