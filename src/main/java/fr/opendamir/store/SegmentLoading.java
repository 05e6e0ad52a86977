package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.ingest.port.LoadedSegment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores the segments of imports, in parts. Loaded segments are in tables that no reader may see,
 * and are moved when their import is published.
 */
final class SegmentLoading {
  /** The levels of the segment of blocks, in the control tables. */
  static final String BLOCKS = "blocks";

  /** Version of the columns of a segment and of their order. */
  static final int FORMAT = 1;

  /** Selects the published imports that have no segment of blocks. */
  static final String MISSING =
"""
SELECT i.id, i.month FROM control.import i WHERE i.status = 'published' AND NOT EXISTS (
  SELECT FROM figures.segment s WHERE s.import_id = i.id AND s.levels = 'blocks') ORDER BY i.id
""";

  private static final int PART_BYTES = 1 << 20;

  private final ImportStatements statements;

  SegmentLoading(ImportStatements statements) {
    this.statements = statements;
  }

  /** Loads a segment where no reader sees it; part of a transaction. */
  void load(long importId, LoadedSegment segment) throws SQLException {
    String levels = segment.grouping().map(Grouping::id).orElse(BLOCKS);
    statements.update(
        "INSERT INTO control.loaded_segment VALUES (?, ?, ?, '', 0, ?)",
        importId,
        levels,
        FORMAT,
        segment.sums().blocks());
    MessageDigest digest = sha256();
    long bytes = 0;
    try (InputStream in = Files.newInputStream(segment.file());
        PreparedStatement insert =
            statements
                .connection()
                .prepareStatement("INSERT INTO control.loaded_segment_part VALUES (?, ?, ?, ?)")) {
      byte[] part = in.readNBytes(PART_BYTES);
      for (int position = 0; part.length > 0; position++) {
        digest.update(part);
        bytes += part.length;
        insert.setLong(1, importId);
        insert.setString(2, levels);
        insert.setInt(3, position);
        insert.setBytes(4, part);
        insert.executeUpdate();
        part = in.readNBytes(PART_BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the segment cannot be read back from the temporary folder", e);
    }
    statements.update(
        "UPDATE control.loaded_segment SET sha256 = ?, bytes = ? WHERE import_id = ? AND levels ="
            + " ?",
        HexFormat.of().formatHex(digest.digest()),
        bytes,
        importId,
        levels);
  }

  /**
   * Writes the blocks of an import, loaded or published, to a file.
   *
   * @throws IllegalStateException if it is missing or is not what was stored
   */
  void write(long importId, Path target) throws SQLException {
    List<String> stored =
        statements.texts(
            """
            -- name: the checksum of a segment
            SELECT sha256 FROM control.loaded_segment WHERE import_id = ? AND levels = ?
            UNION ALL
            SELECT sha256 FROM figures.segment WHERE import_id = ? AND levels = ?
            """,
            importId,
            BLOCKS,
            importId,
            BLOCKS);
    if (stored.size() != 1 || !stored.get(0).equals(writeParts(importId, target))) {
      throw new IllegalStateException(
          "the segment of import " + importId + " in the database is missing or damaged");
    }
  }

  /** Returns the SHA-256 of what was written. */
  private String writeParts(long importId, Path target) throws SQLException {
    MessageDigest digest = sha256();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target));
        PreparedStatement select =
            statements
                .connection()
                .prepareStatement(
"""
-- name: the parts of a segment
SELECT position, content FROM control.loaded_segment_part
WHERE import_id = ? AND levels = ?
UNION ALL
SELECT position, content FROM figures.segment_part
WHERE segment_id = (SELECT id FROM figures.segment WHERE import_id = ? AND levels = ?)
ORDER BY position
""")) {
      select.setLong(1, importId);
      select.setString(2, BLOCKS);
      select.setLong(3, importId);
      select.setString(4, BLOCKS);
      select.setFetchSize(4);
      try (ResultSet part = select.executeQuery()) {
        while (part.next()) {
          byte[] content = part.getBytes("content");
          digest.update(content);
          out.write(content);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a segment cannot be written to the temporary folder", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Published imports without a segment of blocks, by id. */
  Map<Long, YearMonth> missing() throws SQLException {
    Map<Long, YearMonth> found = new LinkedHashMap<>();
    var unused =
        statements.query(
            MISSING, row -> found.put(row.getLong("id"), YearMonth.parse(row.getString("month"))));
    return found;
  }

  /** Part of the transaction that publishes an import. */
  void publish(long importId) throws SQLException {
    statements.update(
"""
-- name: the segments of an import
INSERT INTO figures.segment (import_id, levels, format, sha256, bytes, rows)
SELECT import_id, levels, format, sha256, bytes, rows FROM control.loaded_segment WHERE import_id = ?
""",
        importId);
    statements.update(
        """
        -- name: the parts of the segments of an import
        INSERT INTO figures.segment_part (segment_id, position, content)
        SELECT s.id, p.position, p.content
        FROM control.loaded_segment_part p JOIN figures.segment s USING (import_id, levels)
        WHERE import_id = ? ORDER BY s.id, p.position
        """,
        importId);
    forget(importId);
  }

  /** Part of the transaction that withdraws an import. */
  void withdraw(long importId) throws SQLException {
    statements.update("DELETE FROM figures.segment WHERE import_id = ?", importId);
  }

  /** Forgets the segments of an import that will not be published. */
  void forget(long importId) throws SQLException {
    statements.update("DELETE FROM control.loaded_segment WHERE import_id = ?", importId);
  }

  /** Forgets the segments of unfinished imports. Only valid while no import runs. */
  void forgetAbandoned() throws SQLException {
    statements.update(
        """
        -- name: segments of unfinished imports
        DELETE FROM control.loaded_segment
        WHERE import_id NOT IN (SELECT id FROM control.import WHERE status = 'loaded')
        """);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
