package fr.opendamir.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Queries about the published data, before the service starts. */
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

  /** The policies that the published months were made with. */
  public static List<PublishedPolicy> policies(DatabaseSettings settings) {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                -- name: policies of published months
                SELECT p.id, p.sha256, min(i.month) AS first, max(i.month) AS last
                FROM control.import i JOIN control.policy p ON p.id = i.policy_id
                WHERE i.status = 'published' GROUP BY p.id ORDER BY p.id
                """)) {
      List<PublishedPolicy> found = new ArrayList<>();
      while (row.next()) {
        found.add(
            new PublishedPolicy(
                row.getString("id"),
                row.getString("sha256"),
                row.getString("first") + " to " + row.getString("last")));
      }
      return found;
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }
}
