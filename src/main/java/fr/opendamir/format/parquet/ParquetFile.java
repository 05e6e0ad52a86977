package fr.opendamir.format.parquet;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A Parquet file while it is written: rows are added, then its bytes are read, and at last its
 * folder is deleted. The folder is of this user alone and has the rows and the file, so that little
 * of them is in memory. Methods block, and must not overlap.
 */
public final class ParquetFile implements AutoCloseable {
  private static final String MEMORY = "64MiB";

  /** Rows that are in memory at once; the default of DuckDB would take more than its memory. */
  private static final int ROWS_OF_A_GROUP = 20_480;

  private static final int CHUNK = 256 * 1024;
  private static final String ROWS = "rows";

  private final AnswerTable table;
  private final Path temporary;

  /** What is to be closed, the last one first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Path folder;
  private DuckDBConnection database;
  private RowAppender appender; // null before the first rows
  private InputStream file;
  private long added;
  private volatile Statement running;

  /**
   * Creates a file in the temporary folder of this process, which is empty when it starts; nothing
   * is on the disk before the first rows.
   */
  public ParquetFile(AnswerTable table) {
    // The property, because the JDK remembers the value that it had when the process began.
    this(table, Path.of(System.getProperty("java.io.tmpdir")));
  }

  ParquetFile(AnswerTable table, Path temporary) {
    this.table = table;
    this.temporary = temporary.toAbsolutePath();
  }

  /** Adds rows, which keep their order. */
  public void add(List<Row> rows) {
    try {
      begin();
      for (Row row : rows) {
        appender.append(row);
      }
      added += rows.size();
    } catch (IOException | SQLException e) {
      throw failed(e);
    }
  }

  /**
   * The next bytes of the file, after the last row was added.
   *
   * @return no bytes at the end of the file
   */
  public byte[] read() {
    try {
      if (file == null) {
        begin();
        file = Files.newInputStream(written());
        opened.push(file);
      }
      return file.readNBytes(CHUNK);
    } catch (IOException | SQLException e) {
      throw failed(e);
    }
  }

  private void begin() throws IOException, SQLException {
    if (appender != null) {
      return;
    }
    folder = Files.createTempDirectory(temporary, "opendamir-parquet-");
    opened.push(this::delete);
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY);
    properties.setProperty("threads", "1");
    database =
        new DuckDBDriver().connect("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
    opened.push(database);
    for (String setting : settings()) {
      execute(setting);
    }
    execute("CREATE TABLE " + ROWS + " (" + ParquetSchema.columns(table) + ")");
    appender = new RowAppender(table, database.createAppender(ROWS));
    opened.push(appender);
  }

  /** In this order: afterwards no other folder can be reached, and no setting be changed. */
  private List<String> settings() {
    return List.of(
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET temp_directory = " + ParquetSchema.text(folder.resolve("spilled").toString()),
        "SET allowed_directories = [" + ParquetSchema.text(folder + "/") + "]",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  private Path written() throws SQLException {
    appender.close();
    requireAllRows();
    Path path = folder.resolve("answer.parquet");
    execute(
        "COPY (FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, KV_METADATA %s)"
            .formatted(
                ROWS,
                ParquetSchema.text(path.toString()),
                ROWS_OF_A_GROUP,
                ParquetSchema.metadata(table)));
    return path;
  }

  /** A file without rows that were added must never leave: readers could not tell. */
  private void requireAllRows() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + ROWS)) {
      count.next();
      if (count.getLong(1) != added) {
        throw new SQLException(count.getLong(1) + " rows instead of " + added);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      running = statement;
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  /** Stops {@link #read} on another thread while it encodes the file; it then fails. */
  public void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended meanwhile.
      }
    }
  }

  /** Deletes the folder, whether the file is complete or not. A second call does nothing. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // the others are closed all the same
        failure = failure == null ? failed(e) : failure;
        failure.addSuppressed(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void delete() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  private static IllegalStateException failed(Exception cause) {
    return new IllegalStateException("a Parquet file cannot be written", cause);
  }
}
