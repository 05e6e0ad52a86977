package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.LineTraits;
import fr.opendamir.ingest.source.ReadLine;
import java.util.Arrays;

/**
 * Atoms in memory: a hash table with open addressing over rows of long integers, in the order in
 * which they were met. An entry of the table is the number of a row, with eight bits of its hash so
 * that few rows are compared in vain.
 */
final class AtomTable {
  private static final int LINES = SourceMeasure.values().length + 1;

  private static final int MEASURES = SourceMeasure.values().length;
  private static final int COUNTED = MEASURES;
  private static final int TOP_CHARGED = LINES + 1;
  private static final int TOP_REIMBURSED = LINES + 2;
  private static final int KEY_LOW = LINES + 3;
  private static final int KEY_HIGH = LINES + 4;
  private static final int WIDTH = LINES + 5;

  private static final int PAGE_BITS = 13;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int TAG_BITS = 8;
  private static final int ROW_MASK = -1 >>> TAG_BITS;
  private static final int BATCH = 64;
  private static final int FIRST_SLOTS = 1 << 14;

  /**
   * The column of lines counts all lines in its lower half, lines without quantity in its upper.
   */
  private static final long LINE = 1;

  private static final long BARE_LINE = 1L << 32;

  private final int mostRows;
  private long[][] pages = new long[16][];
  private int[] slots = new int[FIRST_SLOTS];
  private int rows;
  private AtomKeys keys;
  private final long[] batch = new long[BATCH * WIDTH];
  private final int[] hashes = new int[BATCH];
  private int waiting;

  /** Written, so that the compiler does not remove reads that only load memory. */
  long prefetched;

  /**
   * Creates an empty table.
   *
   * @param bytes memory that it may take; it has room for one page at least
   */
  AtomTable(long bytes, int serviceColumn) {
    long rowBytes = (long) WIDTH * Long.BYTES + 4L * Integer.BYTES;
    this.mostRows =
        (int)
            Math.max(PAGE_ROWS, Math.min(ROW_MASK - 1L, bytes / rowBytes / PAGE_ROWS * PAGE_ROWS));
    this.keys = new AtomKeys(serviceColumn);
  }

  int rows() {
    return rows;
  }

  /** Whether the next lines may find no room. */
  boolean isFull() {
    return waiting == 0 && rows + BATCH > mostRows;
  }

  AtomKeys keys() {
    return keys;
  }

  /**
   * Adds a line to its atom, at the latest at the next {@link #flush}.
   *
   * @param isOfFew whether the line may be of one or two persons, so that its amounts are kept if
   *     they are the largest
   * @throws TooManyCodesException if its codes do not fit a key
   */
  void add(ReadLine line, boolean isOfFew) {
    if (!keys.fit(line)) {
      flush();
      repack(keys.widened(line));
    }
    long quantity = line.measure(SourceMeasure.QUANTITY);
    long charged = line.measure(SourceMeasure.CHARGED);
    long reimbursed = line.measure(SourceMeasure.REIMBURSED);
    long excessFees = line.measure(SourceMeasure.EXCESS_FEES);
    long base = line.measure(SourceMeasure.REIMBURSEMENT_BASE);
    long reimbursedAll = line.measure(SourceMeasure.REIMBURSED_ALL);
    int traits = LineTraits.of(charged, reimbursed, excessFees, base, reimbursedAll);
    int at = waiting * WIDTH;
    batch[at] = quantity;
    batch[at + 1] = charged;
    batch[at + 2] = reimbursed;
    batch[at + 3] = excessFees;
    batch[at + 4] = base;
    batch[at + 5] = reimbursedAll;
    batch[at + COUNTED] = line.count() == 0 ? quantity : line.count();
    batch[at + LINES] = quantity == 0 ? LINE + BARE_LINE : LINE;
    batch[at + TOP_CHARGED] = isOfFew ? Math.abs(charged) : 0;
    batch[at + TOP_REIMBURSED] = isOfFew ? Math.abs(reimbursed) : 0;
    batch[at + KEY_LOW] = keys.low(line, traits);
    batch[at + KEY_HIGH] = keys.high(line);
    if (++waiting == BATCH) {
      flush();
    }
  }

  /**
   * Adds the lines of the batch. Their entries and rows are read first without being used: the
   * processor loads many at once, which takes a fraction of the time of one after the other.
   */
  void flush() {
    int mask = slots.length - 1;
    long read = 0;
    for (int i = 0; i < waiting; i++) {
      hashes[i] = hash(batch[i * WIDTH + KEY_LOW], batch[i * WIDTH + KEY_HIGH]);
      read += slots[hashes[i] & mask];
    }
    for (int i = 0; i < waiting; i++) {
      int row = Math.max(0, (slots[hashes[i] & mask] & ROW_MASK) - 1);
      if (row < rows) {
        read += value(row, 0) + value(row, KEY_HIGH);
      }
    }
    prefetched = read;
    for (int i = 0; i < waiting; i++) {
      addToRow(i * WIDTH, hashes[i]);
    }
    waiting = 0;
  }

  private void addToRow(int from, int hash) {
    int row = row(batch[from + KEY_LOW], batch[from + KEY_HIGH], hash);
    long[] page = pages[row >>> PAGE_BITS];
    int at = (row & (PAGE_ROWS - 1)) * WIDTH;
    for (int i = 0; i <= COUNTED; i++) {
      page[at + i] = Math.addExact(page[at + i], batch[from + i]);
    }
    page[at + LINES] += batch[from + LINES];
    page[at + TOP_CHARGED] = Math.max(page[at + TOP_CHARGED], batch[from + TOP_CHARGED]);
    page[at + TOP_REIMBURSED] = Math.max(page[at + TOP_REIMBURSED], batch[from + TOP_REIMBURSED]);
  }

  /** Finds the row of a key, or makes one. */
  private int row(long low, long high, int hash) {
    int mask = slots.length - 1;
    int tag = hash & ~ROW_MASK;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      if ((slots[slot] & ~ROW_MASK) == tag) {
        int row = (slots[slot] & ROW_MASK) - 1;
        long[] page = pages[row >>> PAGE_BITS];
        int at = (row & (PAGE_ROWS - 1)) * WIDTH;
        if (page[at + KEY_LOW] == low && page[at + KEY_HIGH] == high) {
          return row;
        }
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = tag | (rows + 1);
    return newRow(low, high);
  }

  private int newRow(long low, long high) {
    int row = rows++;
    int number = row >>> PAGE_BITS;
    if (number == pages.length) {
      pages = Arrays.copyOf(pages, 2 * number);
    }
    if (pages[number] == null) {
      pages[number] = new long[PAGE_ROWS * WIDTH];
    }
    int at = (row & (PAGE_ROWS - 1)) * WIDTH;
    pages[number][at + KEY_LOW] = low;
    pages[number][at + KEY_HIGH] = high;
    if (2 * rows > slots.length) {
      fillSlots(2 * slots.length);
    }
    return row;
  }

  private void fillSlots(int count) {
    slots = new int[count];
    int mask = count - 1;
    for (int row = 0; row < rows; row++) {
      int hash = hash(value(row, KEY_LOW), value(row, KEY_HIGH));
      int slot = hash & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = (hash & ~ROW_MASK) | (row + 1);
    }
  }

  private static int hash(long low, long high) {
    long mixed = (low ^ (high * 0x9E3779B97F4A7C15L)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 32);
  }

  private void repack(AtomKeys wider) {
    for (int row = 0; row < rows; row++) {
      long[] page = pages[row >>> PAGE_BITS];
      int at = (row & (PAGE_ROWS - 1)) * WIDTH;
      long low = page[at + KEY_LOW];
      long high = page[at + KEY_HIGH];
      page[at + KEY_LOW] = keys.low(wider, low, high);
      page[at + KEY_HIGH] = keys.high(wider, low, high);
    }
    keys = wider;
    fillSlots(slots.length);
  }

  private long value(int row, int column) {
    return pages[row >>> PAGE_BITS][(row & (PAGE_ROWS - 1)) * WIDTH + column];
  }

  long keyLow(int row) {
    return value(row, KEY_LOW);
  }

  long keyHigh(int row) {
    return value(row, KEY_HIGH);
  }

  /**
   * A sum of a row: the measures in their order, what was counted, lines, lines without quantity,
   * and the largest charge and reimbursement of a line of few persons.
   */
  long sum(int row, int sum) {
    if (sum < LINES) {
      return value(row, sum);
    }
    long lines = value(row, LINES);
    return switch (sum - LINES) {
      case 0 -> lines & 0xFFFFFFFFL;
      case 1 -> lines >>> 32;
      default -> value(row, sum - LINES == 2 ? TOP_CHARGED : TOP_REIMBURSED);
    };
  }

  /** Forgets all atoms but keeps the memory. */
  void clear() {
    for (int page = 0; page < pages.length && pages[page] != null; page++) {
      Arrays.fill(pages[page], 0);
    }
    Arrays.fill(slots, 0);
    rows = 0;
  }
}
