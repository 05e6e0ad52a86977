package fr.opendamir.ingest.synthetic;

/**
 * Keys met so far: one open-addressing table of {@code long}, half full at most for a whole month
 * (512 MB for 36.6 million lines). Not for several threads.
 */
final class UniqueKeys {

  private final long[] table;
  private final int mask;

  UniqueKeys(long capacity) {
    long wanted = Math.max(16, capacity + capacity / 2);
    int size = (int) Math.min(1L << 30, Long.highestOneBit(wanted - 1) << 1);
    this.table = new long[size];
    this.mask = size - 1;
  }

  /** Whether the key, which is not zero, was not there yet. */
  boolean add(long key) {
    int slot = (int) (key >>> 20) & mask;
    while (table[slot] != 0) {
      if (table[slot] == key) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = key;
    return true;
  }
}
