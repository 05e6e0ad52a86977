package fr.opendamir.testing;

import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The blocks of all published segments of a database, in a table {@code block} of DuckDB with the
 * column {@code import_id} first, beside {@code release_import} of the served releases with their
 * {@code sequence}.
 */
public final class PublishedBlocks implements AutoCloseable {
  private static final int PART_BYTES = 1 << 20;

  private final Connection duckDb;

  private PublishedBlocks(Connection duckDb) {
    this.duckDb = duckDb;
  }

  /** Reads them as a service does: as the role that reads figures. */
  public static PublishedBlocks of(DatabaseSettings settings) throws SQLException {
    PublishedBlocks blocks = new PublishedBlocks(DriverManager.getConnection("jdbc:duckdb:"));
    try (Connection postgres = settings.as(DatabaseRole.READER).connect();
        Statement statement = postgres.createStatement();
        ResultSet segment =
            statement.executeQuery(
                "SELECT id, import_id FROM figures.segment WHERE levels = 'blocks' ORDER BY id")) {
      boolean isFirst = true;
      while (segment.next()) {
        Path file = Files.createTempFile("segment", ".parquet");
        write(postgres, segment.getLong("id"), file);
        blocks.execute(
            "%s SELECT %d::BIGINT AS import_id, * FROM read_parquet('%s')"
                .formatted(
                    isFirst ? "CREATE TABLE block AS" : "INSERT INTO block",
                    segment.getLong("import_id"),
                    file));
        Files.delete(file);
        isFirst = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    blocks.copyReleases(settings);
    return blocks;
  }

  /** The first column of every row of one query, as text. */
  public static List<String> query(DatabaseSettings settings, String sql) throws SQLException {
    try (PublishedBlocks blocks = of(settings)) {
      return blocks.query(sql);
    }
  }

  /**
   * Changes what is published, as if imports had made it, by statements on the table {@code block};
   * before a service starts, for the services of a process know segments by their ids.
   *
   * @param owner may change everything
   */
  public static void change(DatabaseSettings owner, String... statements) throws SQLException {
    try (PublishedBlocks blocks = of(owner);
        Connection postgres = owner.connect()) {
      for (String statement : statements) {
        blocks.execute(statement);
      }
      postgres.setAutoCommit(false);
      for (String importId : blocks.query("SELECT DISTINCT import_id FROM block")) {
        Path file = Files.createTempFile("segment", ".parquet");
        blocks.execute(
            "COPY (SELECT * EXCLUDE import_id FROM block WHERE import_id = %s ORDER BY ALL) TO '%s' (FORMAT parquet)"
                .formatted(importId, file));
        replace(
            postgres,
            importId,
            Files.readAllBytes(file),
            blocks.query("SELECT count(*) FROM block WHERE import_id = " + importId).get(0));
        Files.delete(file);
      }
      postgres.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Connection postgres, String importId, byte[] file, String rows)
      throws SQLException {
    try (Statement statement = postgres.createStatement();
        PreparedStatement insert =
            postgres.prepareStatement(
                "INSERT INTO figures.segment_part SELECT id, ?, ? FROM figures.segment WHERE import_id = "
                    + importId)) {
      statement.execute(
          "DELETE FROM figures.segment_part WHERE segment_id = (SELECT id FROM figures.segment"
              + " WHERE import_id = %s)".formatted(importId));
      statement.execute(
          "UPDATE figures.segment SET sha256 = '%s', bytes = %d, rows = %s WHERE import_id = %s"
              .formatted(sha256(file), file.length, rows, importId));
      for (int position = 0; position * PART_BYTES < file.length; position++) {
        insert.setInt(1, position);
        insert.setBytes(
            2,
            Arrays.copyOfRange(
                file, position * PART_BYTES, Math.min(file.length, (position + 1) * PART_BYTES)));
        insert.execute();
      }
    }
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of every row, as text. */
  public List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = duckDb.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }

  /** A connection with the tables, for more than text. */
  public Connection connection() {
    return duckDb;
  }

  /** Writes the file of a segment. */
  public static void write(Connection postgres, long segment, Path file)
      throws SQLException, IOException {
    try (Statement statement = postgres.createStatement();
        var out = Files.newOutputStream(file);
        ResultSet part =
            statement.executeQuery(
                "SELECT content FROM figures.segment_part WHERE segment_id = "
                    + segment
                    + " ORDER BY position")) {
      while (part.next()) {
        out.write(part.getBytes(1));
      }
    }
  }

  private void copyReleases(DatabaseSettings settings) throws SQLException {
    execute("CREATE TABLE release_import (release_id VARCHAR, import_id BIGINT, sequence BIGINT)");
    try (Connection postgres = settings.as(DatabaseRole.CONTROL).connect();
        Statement statement = postgres.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ri.release_id, ri.import_id, r.sequence FROM control.release_import ri"
                    + " JOIN control.release r ON r.id = ri.release_id WHERE r.status = 'served'")) {
      while (row.next()) {
        execute(
            "INSERT INTO release_import VALUES ('%s', %d, %d)"
                .formatted(row.getString(1), row.getLong(2), row.getLong(3)));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    duckDb.close();
  }
}
