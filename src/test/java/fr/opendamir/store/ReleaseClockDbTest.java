package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases published after the clock was set back: seen from today, the last one is of later. */
class ReleaseClockDbTest {
  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void idsAndTimesGrowAlthoughTheClockWasSetBack() throws SQLException {
    LocalDate later = LocalDate.now(ZoneOffset.UTC).plusDays(40);
    publish("202401");
    dateNewest(later + ".9", later + "T12:00:00Z");

    assertThat(publish("202402")).isEqualTo(later + ".10");
    assertThat(publish("202403")).isEqualTo(later + ".11");
    assertThat(query("SELECT id FROM control.release ORDER BY sequence"))
        .containsExactly(later + ".9", later + ".10", later + ".11");
    assertThat(query("SELECT DISTINCT published_at::date::text FROM control.release"))
        .containsExactly(later.toString());
  }

  @Test
  void aDayThatIsOverDoesNotCount() throws SQLException {
    publish("202401");
    dateNewest("2024-02-03.7", "2024-02-03T12:00:00Z");
    assertThat(publish("202402")).isEqualTo(LocalDate.now(ZoneOffset.UTC) + ".1");
  }

  private String publish(String month) {
    Path file = new RawMonth(month).line(20, "600.5", "420").writeTo(folder);
    return database.importFiles(folder.resolve("tmp"), file).release();
  }

  /** As if it had been published when the clock was wrong. */
  private void dateNewest(String id, String time) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE control.release_import DISABLE TRIGGER ALL");
      statement.execute("ALTER TABLE control.release DISABLE TRIGGER ALL");
      statement.execute(
          "UPDATE control.release SET id = '" + id + "', published_at = '" + time + "'");
      statement.execute("UPDATE control.release_import SET release_id = '" + id + "'");
      statement.execute("ALTER TABLE control.release ENABLE TRIGGER ALL");
      statement.execute("ALTER TABLE control.release_import ENABLE TRIGGER ALL");
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }
}
