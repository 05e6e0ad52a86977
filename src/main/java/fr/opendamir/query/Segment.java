package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Figures of an import as an immutable Parquet file: its blocks, or their sums by fewer levels.
 *
 * @param id its id in the database, where its bytes are of record
 * @param grouping the levels of the rows; absent for blocks, which have all
 * @param sha256 checksum of the bytes, 64 lower-case hexadecimal digits
 * @param bytes size of the file
 * @param rows number of rows
 */
public record Segment(long id, Optional<Grouping> grouping, String sha256, long bytes, long rows) {
  /** The bytes are stored in parts of this size; the last one may be shorter. */
  public static final int PART_BYTES = 1 << 20;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Segment {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
  }

  /** The number of parts. */
  public int parts() {
    return Math.toIntExact((bytes + PART_BYTES - 1) / PART_BYTES);
  }
}
