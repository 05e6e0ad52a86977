package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.SilentProgress;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database that months are imported into, and a look into it. */
final class RollupDatabase {
  static final double BUDGET = 2;

  private final TestDatabase database = TestDatabase.create();
  private final Path folder;

  RollupDatabase(Path folder) {
    this.folder = folder;
  }

  List<String> stagingTables() throws SQLException {
    return query("SELECT relname::text FROM pg_class WHERE relname ~ '^rollup_[0-9]+$' ORDER BY 1");
  }

  String importMonth(RawMonth month) {
    return run(month.writeTo(folder), options(false, BUDGET)).release();
  }

  ImportReport run(Path file, ImportOptions options) {
    ImportReport report =
        database.importService().run(List.of(file), options, false, new SilentProgress());
    assertThat(report.isComplete()).as("%s", report).isTrue();
    return report;
  }

  ImportOptions options(boolean replace, double budget) {
    ImportOptions options = database.options(folder.resolve("tmp"), true);
    return new ImportOptions(
        options.temporaryFolder(),
        options.memoryBytes(),
        options.threads(),
        options.warnAbove(),
        options.refuseAbove(),
        true,
        replace,
        Optional.of(folder.resolve("kept")),
        options.keyFolder(),
        budget,
        0,
        false,
        false,
        false,
        options.version());
  }

  List<String> asReader(String sql) throws SQLException {
    return query(database.settings().as(DatabaseRole.READER), sql);
  }

  List<String> query(String sql) throws SQLException {
    return query(database.settings(), sql);
  }

  static List<String> query(DatabaseSettings settings, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }

  PublishedBlocks blocks() throws SQLException {
    return PublishedBlocks.of(database.settings());
  }

  ImportSession session() {
    return new PgImportStore(database.settings()).begin(false);
  }

  ImportReport run(List<Path> files, ImportProgress progress) {
    return database.importService().run(files, options(false, BUDGET), false, progress);
  }
}
