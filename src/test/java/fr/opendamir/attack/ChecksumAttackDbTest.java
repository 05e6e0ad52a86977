package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.store.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attack of {@link ChecksumAttackApiTest} on everything that the database stores. */
class ChecksumAttackDbTest {
  @TempDir Path folder;

  @Test
  void onlyGuessesOfPublicFilesAreConfirmedByTheDatabase() throws SQLException {
    String stored = everything(NearlyKnownMonths.imported().settings());
    assertThat(NearlyKnownMonths.confirmedRegions("202401", stored, folder)).isEmpty();
    assertThat(NearlyKnownMonths.confirmedRegions("202402", stored, folder))
        .containsExactly(NearlyKnownMonths.REGION);
  }

  private static String everything(DatabaseSettings database) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (rows.next()) {
            text.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return text.toString();
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT schemaname || '.' || tablename FROM pg_tables"
                + " WHERE schemaname IN ('control', 'figures')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
