package fr.opendamir.disclosure;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Numbers keys of three parts in the order in which they are first seen, from 0: a hash table of
 * primitive numbers, which is used again and again.
 */
final class KeyNumbers {
  private static final int FREE = -1;

  private final int[] slots;
  private final long[] highs;
  private final long[] lows;
  private final int[] others;
  private int usedSlots;
  private int size;

  /**
   * Makes an empty table.
   *
   * @param most the largest number of keys that it must hold
   */
  KeyNumbers(int most) {
    slots = new int[slotsFor(most)];
    highs = new long[most];
    lows = new long[most];
    others = new int[most];
    clear(most);
  }

  /** A power of two, so that at least half of the slots stay free. */
  private static int slotsFor(int keys) {
    return Integer.highestOneBit(Math.max(keys, 1)) << 2;
  }

  /**
   * Forgets all keys.
   *
   * @param most the largest number of keys to come: fewer take less time
   */
  void clear(int most) {
    usedSlots = slotsFor(most);
    Arrays.fill(slots, 0, usedSlots, FREE);
    size = 0;
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
      at = at + 1 & usedSlots - 1;
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
    return (int) (hash ^ hash >>> 33) & usedSlots - 1;
  }
}
