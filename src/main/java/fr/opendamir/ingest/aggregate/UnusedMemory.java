package fr.opendamir.ingest.aggregate;

/**
 * Gives memory of the heap back to the system between two steps of a large month. Such steps leave
 * hundreds of megabytes that nothing uses any more, and the next one takes as much for tables of
 * the database, outside the heap, so that the JVM would not collect by itself.
 */
final class UnusedMemory {
  /** Rows that are worth the time of a collection, some 50 ms. */
  private static final long MANY_ROWS = 300_000;

  private UnusedMemory() {}

  /**
   * Collects garbage.
   *
   * @param rows of the month, of atoms or of blocks
   */
  static void giveBack(long rows) {
    if (rows > MANY_ROWS) {
      System.gc();
    }
  }
}
