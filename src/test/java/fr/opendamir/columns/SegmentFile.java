package fr.opendamir.columns;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** A segment made for a test: region and sex differ, every other code is {@code ND}. */
final class SegmentFile {
  private final Segment segment;
  private final byte[] bytes;

  SegmentFile(Segment segment, byte[] bytes) {
    this.segment = segment;
    this.bytes = bytes;
  }

  Segment segment() {
    return segment;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Makes a segment.
   *
   * @param rows number of blocks; block {@code i} is of region {@code i % regions}, of sex 1 or 2,
   *     of 100 acts and charged {@code i} cents
   */
  static SegmentFile of(Path folder, long id, String month, int rows, int regions)
      throws SQLException, IOException {
    Path file = folder.resolve("made-" + id + ".parquet");
    String codes =
        Grouping.possibleLevels().stream()
            .map(level -> code(level, regions) + " AS " + level.id())
            .collect(joining(", "));
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(
                measure ->
                    (measure == SourceMeasure.QUANTITY ? "100::BIGINT" : "i::BIGINT")
                        + " AS "
                        + measure.id())
            .collect(joining(", "));
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT '%s' AS month, %s, %s FROM range(%d) r(i)) TO '%s' (FORMAT parquet)"
              .formatted(month, codes, sums, rows, file));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return new SegmentFile(
        new Segment(id, Optional.empty(), sha256(bytes), bytes.length, rows), bytes);
  }

  private static String code(Level level, int regions) {
    return Map.of(Level.REGION, "(i % " + regions + ")::VARCHAR", Level.SEX, "(1 + i % 2)::VARCHAR")
        .getOrDefault(level, "'ND'");
  }

  /** A part of the bytes, as the database returns it. */
  byte[] part(int position) {
    int from = position * Segment.PART_BYTES;
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Segment.PART_BYTES));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
