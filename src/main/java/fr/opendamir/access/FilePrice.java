package fr.opendamir.access;

/** The price of bytes of a file, in units of the allowance of files. */
public final class FilePrice {
  /** Bytes that one unit pays for. */
  public static final long BYTES_PER_UNIT = 10_000_000;

  private FilePrice() {}

  /** The price of a request for so many bytes. */
  public static long units(long bytes) {
    return 1 + (bytes + BYTES_PER_UNIT - 1) / BYTES_PER_UNIT;
  }
}
