import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Publishes copies of the one month of a database under the months before it, in its release.
 *
 * <p>Arguments: port of the database, whose password is in {@code PGPASSWORD}; months in all; a
 * folder for files.
 */
final class PublishCopies {
  private static final int PART = 1 << 20;

  private final Connection database;
  private final Connection duckDb;
  private final Path folder;

  private PublishCopies(Connection database, Connection duckDb, Path folder) {
    this.database = database;
    this.duckDb = duckDb;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    String url = "jdbc:postgresql://localhost:" + arguments[0] + "/opendamir";
    try (Connection database =
            DriverManager.getConnection(url, "postgres", System.getenv("PGPASSWORD"));
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      new PublishCopies(database, duckDb, Path.of(arguments[2]))
          .run(Integer.parseInt(arguments[1]));
    }
  }

  private void run(int months) throws Exception {
    List<String> groupings = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet segment =
            statement.executeQuery("SELECT levels FROM figures.segment WHERE import_id = 1 ORDER BY id")) {
      while (segment.next()) {
        groupings.add(segment.getString(1));
        read(groupings.size() - 1, segment.getString(1));
      }
    }
    YearMonth month = YearMonth.parse(text("SELECT month FROM control.import WHERE id = 1"));
    for (int i = 1; i < months; i++) {
      database.setAutoCommit(false);
      publish(i + 1, month.minusMonths(i).toString());
      for (int segment = 0; segment < groupings.size(); segment++) {
        write(i + 1, groupings.get(segment), copy(segment, month.minusMonths(i).toString()));
      }
      database.commit();
      System.out.println(month.minusMonths(i));
    }
    database.setAutoCommit(true);
    execute("VACUUM ANALYZE figures.rollup");
  }

  private void publish(long id, String month) throws Exception {
    execute(
        """
        CREATE TEMP TABLE copy ON COMMIT DROP AS SELECT * FROM control.import WHERE id = 1;
        UPDATE copy SET id = %1$d, month = '%2$s', file_name = 'copy-%2$s.csv', sha256 = md5('%2$s') || md5('%2$s');
        INSERT INTO control.import OVERRIDING SYSTEM VALUE SELECT * FROM copy;
        INSERT INTO control.import_total SELECT %1$d, measure, total FROM control.import_total WHERE import_id = 1;
        CREATE TEMP TABLE loss ON COMMIT DROP AS SELECT * FROM control.import_loss WHERE import_id = 1;
        UPDATE loss SET import_id = %1$d;
        INSERT INTO control.import_loss SELECT * FROM loss;
        INSERT INTO control.import_rollup SELECT %1$d, rollup_id, rows FROM control.import_rollup WHERE import_id = 1;
        CREATE TEMP TABLE rolled ON COMMIT DROP AS SELECT * FROM figures.rollup WHERE import_id = 1;
        UPDATE rolled SET import_id = %1$d, month = '%2$s';
        INSERT INTO figures.rollup SELECT * FROM rolled ORDER BY rollup_id;
        INSERT INTO figures.published_import VALUES (%1$d);
        INSERT INTO control.release_import SELECT id, %1$d FROM control.release WHERE status = 'served';
        """
            .formatted(id, month));
  }

  private byte[] copy(int segment, String month) throws SQLException, IOException {
    Path file = folder.resolve("copy.parquet");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * REPLACE ('%s' AS month) FROM read_parquet('%s')) TO '%s' (FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880)"
              .formatted(month, original(segment), file));
    }
    return Files.readAllBytes(file);
  }

  private Path original(int segment) {
    return folder.resolve("original-" + segment + ".parquet");
  }

  private void write(long importId, String levels, byte[] bytes) throws Exception {
    String sha256 =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    long id =
        Long.parseLong(
            text(
                "INSERT INTO figures.segment (import_id, levels, format, sha256, bytes, rows) SELECT %d, levels, format, '%s', %d, rows FROM figures.segment WHERE import_id = 1 AND levels = '%s' RETURNING id::text"
                    .formatted(importId, sha256, bytes.length, levels)));
    try (PreparedStatement part =
        database.prepareStatement("INSERT INTO figures.segment_part VALUES (?, ?, ?)")) {
      for (int i = 0; i * PART < bytes.length; i++) {
        part.setLong(1, id);
        part.setInt(2, i);
        part.setBytes(3, Arrays.copyOfRange(bytes, i * PART, Math.min(bytes.length, (i + 1) * PART)));
        part.executeUpdate();
      }
    }
  }

  private void read(int segment, String levels) throws SQLException, IOException {
    try (OutputStream out = Files.newOutputStream(original(segment));
        Statement statement = database.createStatement();
        ResultSet part =
            statement.executeQuery(
                "SELECT content FROM figures.segment_part WHERE segment_id = (SELECT id FROM figures.segment WHERE import_id = 1 AND levels = '" + levels + "') ORDER BY position")) {
      while (part.next()) {
        out.write(part.getBytes(1));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
