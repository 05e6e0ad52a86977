package fr.opendamir.query;

import java.util.regex.Pattern;

/**
 * The blocks of an import as an immutable Parquet file.
 *
 * @param id its id in the database, where its bytes are of record
 * @param sha256 checksum of the bytes, 64 lower-case hexadecimal digits
 * @param bytes size of the file
 * @param rows number of blocks
 */
public record Segment(long id, String sha256, long bytes, long rows) {
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
