package fr.opendamir.disclosure;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Numbers keys of three parts in the order in which they are first seen, from 0: a hash table of
 * primitive numbers.
 */
final class KeyNumbers {
  private static final int FREE = -1;
  private static final int FIRST_SLOTS = 1 << 10;

  private int[] slots = new int[FIRST_SLOTS];
  private int size;
  private long[] highs = new long[FIRST_SLOTS / 2];
  private long[] lows = new long[FIRST_SLOTS / 2];
  private int[] others = new int[FIRST_SLOTS / 2];

  KeyNumbers() {
    Arrays.fill(slots, FREE);
  }

  /** The number of keys. */
  int size() {
    return size;
  }

  /** Returns the number of a key. */
  int of(long high, long low, int other) {
    int at = slot(high, low, other);
    while (slots[at] != FREE) {
      int number = slots[at];
      if (lows[number] == low && highs[number] == high && others[number] == other) {
        return number;
      }
      at = at + 1 & slots.length - 1;
    }
    if (size == lows.length) {
      grow();
      at = slot(high, low, other);
      while (slots[at] != FREE) {
        at = at + 1 & slots.length - 1;
      }
    }
    slots[at] = size;
    highs[size] = high;
    lows[size] = low;
    others[size] = other;
    return size++;
  }

  /** The first part of the key with a number. */
  long high(int number) {
    return highs[number];
  }

  /** The order of the keys that two numbers name: by their first part, then by their second. */
  Comparator<Integer> order() {
    return Comparator.<Integer>comparingLong(number -> highs[number])
        .thenComparingLong(number -> lows[number]);
  }

  private int slot(long high, long low, int other) {
    // The finalizer of MurmurHash3, which spreads what differs in any bit.
    long hash = high * 0x9E3779B97F4A7C15L + low + other * 0xC2B2AE3D27D4EB4FL;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return (int) (hash ^ hash >>> 33) & slots.length - 1;
  }

  private void grow() {
    int capacity = 2 * lows.length;
    highs = Arrays.copyOf(highs, capacity);
    lows = Arrays.copyOf(lows, capacity);
    others = Arrays.copyOf(others, capacity);
    slots = new int[2 * capacity];
    Arrays.fill(slots, FREE);
    for (int number = 0; number < size; number++) {
      int at = slot(highs[number], lows[number], others[number]);
      while (slots[at] != FREE) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = number;
    }
  }
}
