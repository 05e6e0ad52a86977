package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.reference.ReferenceTables;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release pins the versions of the reference tables; other versions are another release. */
class PinnedReferencesDbTest {
  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.create();
  private final ReleaseHistory releases = new ReleaseHistory(database.settings());

  @Test
  void newVersionsArePublishedOnceWithTheSameMonths() throws SQLException {
    assertThat(releases.pinReferences()).as("nothing is published").isEmpty();
    Path file = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
    String first = database.importFiles(folder.resolve("tmp"), file).release();
    assertThat(query("SELECT reference_versions FROM control.release"))
        .containsExactly(String.join(",", ReferenceTables.pinned()));
    assertThat(releases.pinReferences()).as("the import has pinned them").isEmpty();

    // As if a version of before had published it.
    query("UPDATE control.release SET reference_versions = 'population@2024.1' RETURNING id");
    String second = releases.pinReferences().orElseThrow();

    assertThat(releases.pinReferences()).as("idempotent").isEmpty();
    assertThat(query("SELECT id || ' ' || status FROM control.release ORDER BY sequence"))
        .containsExactly(first + " served", second + " served");
    assertThat(query("SELECT DISTINCT import_id::text FROM control.release_import")).hasSize(1);
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.settings().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
