package fr.opendamir.ingest.aggregate;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** An in-memory DuckDB that may write only to the run's folder, where it spills. */
final class DuckDbSession implements AutoCloseable {
  private static final Pattern ERROR_KIND =
      Pattern.compile("^([A-Z][A-Za-z /-]{2,40} (?:Error|Exception)):");

  /** Reads the current row; may throw any exception of the driver. */
  @FunctionalInterface
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Writes rows; may throw any exception of the driver. */
  @FunctionalInterface
  interface RowWriter {
    void write(DuckDBAppender rows) throws SQLException;
  }

  private final Path folder;
  private final long memoryBytes;
  private final Connection connection;
  private final HandOver handOver;

  DuckDbSession(AggregationSettings settings) {
    this.folder = settings.folder();
    this.memoryBytes = settings.memoryBytes();
    Properties properties = new Properties();
    properties.setProperty("memory_limit", settings.memoryBytes() + "B");
    properties.setProperty("threads", String.valueOf(settings.threads()));
    properties.setProperty("temp_directory", folder.resolve("spill").toString());
    properties.setProperty("preserve_insertion_order", "false");
    try {
      connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    } catch (SQLException e) {
      throw new IllegalStateException("the analytical database cannot start", e);
    }
    try {
      handOver = new HandOver(connection, settings.threads());
    } catch (SQLException e) {
      close();
      throw new IllegalStateException("the analytical database cannot take rows", e);
    }
  }

  private DuckDbSession(DuckDbSession other, Connection connection) {
    this.folder = other.folder;
    this.memoryBytes = other.memoryBytes;
    this.connection = connection;
    this.handOver = other.handOver;
  }

  /** Opens a session of the same tables for another thread; to be closed before this one. */
  DuckDbSession duplicate() {
    try {
      return new DuckDbSession(this, connection.unwrap(DuckDBConnection.class).duplicate());
    } catch (SQLException e) {
      throw failed("-- name: another connection", e);
    }
  }

  /** Returns the SQL literal of a path. */
  static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  Path folder() {
    return folder;
  }

  /** The memory of the database. */
  long memoryBytes() {
    return memoryBytes;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Appends rows to a table. */
  void append(String table, RowWriter writer) {
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender(table)) {
      writer.write(appender);
    } catch (SQLException e) {
      throw failed("-- name: append to " + table, e);
    }
  }

  /**
   * Lets statements read rows of this process.
   *
   * @param statements runs them, given the table that stands for the rows
   */
  void handOver(HandOver.Rows rows, Consumer<String> statements) {
    handOver.offer(rows, statements);
  }

  /** Runs a generated statement: its failure is a bug or a full disk, not caused by the file. */
  void run(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  void forEach(String sql, RowReader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Returns the number in the first column of the only row of a query; 0 if it is null. */
  long number(String sql) {
    long[] number = new long[1];
    forEach(sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  boolean holdsTable(String table) {
    boolean[] found = new boolean[1];
    forEach(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = '" + table + "'", row -> found[0] = true);
    return found[0];
  }

  boolean holdsRows(String table) {
    boolean[] found = new boolean[1];
    forEach("SELECT 1 FROM " + table + " LIMIT 1", row -> found[0] = true);
    return found[0];
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the analytical database does not close", e);
    }
  }

  private IllegalStateException failed(String sql, SQLException e) {
    String statement = sql.strip().lines().findFirst().orElse("");
    return new IllegalStateException(describe("the import failed at \"" + statement + "\"", e));
  }

  /**
   * Describes a failure: advice if there is any, otherwise the failed operation and the kind of
   * error.
   */
  String describe(String what, SQLException e) {
    return FullDisk.advice(e, folder).orElseGet(() -> what + ": " + kind(e));
  }

  /**
   * Returns only the kind of error: the rest of the message may quote a figure of a few persons.
   */
  static String kind(SQLException e) {
    Matcher kind = ERROR_KIND.matcher(String.valueOf(e.getMessage()));
    return kind.find() ? kind.group(1) : "error of the database";
  }
}
