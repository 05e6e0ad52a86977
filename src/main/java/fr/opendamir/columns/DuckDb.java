package fr.opendamir.columns;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * DuckDB in this process: without a database file, reading one folder only, and with bounded memory
 * and disk.
 */
final class DuckDb implements Connections {
  private final DuckDBConnection database;

  /**
   * Loads the library and starts the engine.
   *
   * @param folder the folder of segments, below which it spills
   */
  DuckDb(ColumnsConfig config, SegmentFolder folder) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", config.memoryMb() + "MiB");
    properties.setProperty(
        "threads",
        String.valueOf(config.threads().orElse(Runtime.getRuntime().availableProcessors())));
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    database =
        new DuckDBDriver().connect("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
    execute("SET parquet_metadata_cache = true");
    execute("SET preserve_insertion_order = false");
    for (String setting : confinement(config, folder.path(), folder.spilled().toString())) {
      execute(setting);
    }
  }

  /**
   * The settings after which a DuckDB can access the files of one folder only, and no setting can
   * be changed any more. Their order matters.
   *
   * @param spilled the folder to spill to
   */
  static List<String> confinement(ColumnsConfig config, Path folder, String spilled) {
    return List.of(
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        "SET temp_directory = " + quoted(config.spillMb() > 0 ? spilled : ""),
        "SET max_temp_directory_size = '" + config.spillMb() + "MiB'",
        "SET allowed_directories = [" + quoted(folder + "/") + "]",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  /** A text as an SQL literal. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Connection open() throws SQLException {
    return database.duplicate();
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the engine of columns does not close", e);
    }
  }
}
