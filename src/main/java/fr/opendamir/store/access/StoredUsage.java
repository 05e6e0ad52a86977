package fr.opendamir.store.access;

import fr.opendamir.access.UsageCount;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Usage for commands, which run without Hibernate. */
public final class StoredUsage {
  private StoredUsage() {}

  /**
   * Usage of the days from the first to the last, both included, in order.
   *
   * @param owner settings of the owner; it is read as the role of access
   */
  public static List<UsageCount> read(DatabaseSettings owner, LocalDate first, LocalDate last) {
    DatabaseSettings settings = owner.as(DatabaseRole.ACCESS);
    try (Connection connection = settings.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                -- name: usage of days
                SELECT day, key_id, plan, door, requests, units, refused FROM control.usage_day
                WHERE day BETWEEN ? AND ? ORDER BY day, key_id NULLS FIRST, plan, door
                """)) {
      statement.setObject(1, first);
      statement.setObject(2, last);
      List<UsageCount> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new UsageCount(
                  row.getObject("day", LocalDate.class),
                  Optional.ofNullable(row.getObject("key_id", Long.class)),
                  row.getString("plan"),
                  row.getString("door"),
                  row.getLong("requests"),
                  row.getLong("units"),
                  row.getLong("refused")));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(settings, e);
    }
  }
}
