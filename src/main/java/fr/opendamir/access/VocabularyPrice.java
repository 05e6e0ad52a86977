package fr.opendamir.access;

/**
 * The price of vocabulary that is computed for one request: nothing while it is small, then units
 * by its work, which is measured in bytes of the answer. A unit is about ten milliseconds of a
 * processor, most of it compression.
 */
public final class VocabularyPrice {
  /** Work that is free: at 600 requests a minute, less than a fiftieth of two processors. */
  public static final long FREE_BYTES = 48 * 1024;

  /** Work that one unit pays for. */
  public static final long BYTES_PER_UNIT = 256 * 1024;

  private VocabularyPrice() {}

  /** The units of an amount of work; only the part beyond the free amount costs. */
  public static long units(long bytes) {
    return bytes <= FREE_BYTES ? 0 : (bytes - FREE_BYTES + BYTES_PER_UNIT - 1) / BYTES_PER_UNIT;
  }
}
