package fr.opendamir.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What can be asked of a database before the service starts. */
public final class PublishedState {
  private PublishedState() {}

  /** Whether nothing was ever published in this (migrated) database. */
  public static boolean isEmpty(DatabaseSettings settings) {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT NOT EXISTS (SELECT FROM control.release) AS is_empty")) {
      return row.next() && row.getBoolean("is_empty");
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }
}
