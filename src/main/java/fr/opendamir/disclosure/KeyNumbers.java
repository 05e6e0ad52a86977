package fr.opendamir.disclosure;

import java.util.Arrays;

/**
 * Numbers keys of three parts in the order in which they are first seen, from 0: a hash table of
 * primitive numbers, which is used again and again.
 */
final class KeyNumbers {
  private static final int FREE = -1;
  private static final int BYTE = 0xFF;
  private static final int PARTS = 3;

  private final int[] slots;

  /** The three parts of each key, close together in memory. */
  private final long[] keys;

  private int most;
  private int usedSlots;
  private int size;

  /**
   * Makes an empty table.
   *
   * @param most the largest number of keys that it must hold
   */
  KeyNumbers(int most) {
    slots = new int[slotsFor(most)];
    keys = new long[most * PARTS];
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
    this.most = most;
    usedSlots = slotsFor(most);
    Arrays.fill(slots, 0, usedSlots, FREE);
    size = 0;
  }

  /** The largest number of keys that may come. */
  int most() {
    return most;
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
      int key = number * PARTS;
      if (keys[key] == high && keys[key + 1] == low && keys[key + 2] == other) {
        return number;
      }
      at = at + 1 & usedSlots - 1;
    }
    slots[at] = size;
    keys[size * PARTS] = high;
    keys[size * PARTS + 1] = low;
    keys[size * PARTS + 2] = other;
    return size++;
  }

  /** The first part of the key with a number. */
  long high(int number) {
    return keys[number * PARTS];
  }

  /** Sorts numbers by their keys: by the first part, then by the second, both not negative. */
  void sort(int[] numbers) {
    sort(numbers, 1);
    sort(numbers, 0);
  }

  /** Sorts by one part, byte by byte from the last; numbers of equal parts keep their order. */
  private void sort(int[] numbers, int part) {
    long differing = 0;
    for (int number : numbers) {
      differing |= keys[number * PARTS + part] ^ keys[numbers[0] * PARTS + part];
    }
    int[] sorted = new int[numbers.length];
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((differing >>> shift & BYTE) != 0) {
        int[] places = new int[BYTE + 2];
        for (int number : numbers) {
          places[(int) (keys[number * PARTS + part] >>> shift & BYTE) + 1]++;
        }
        for (int i = 1; i < places.length; i++) {
          places[i] += places[i - 1];
        }
        for (int number : numbers) {
          sorted[places[(int) (keys[number * PARTS + part] >>> shift & BYTE)]++] = number;
        }
        System.arraycopy(sorted, 0, numbers, 0, numbers.length);
      }
    }
  }

  private int slot(long high, long low, int other) {
    // The finalizer of MurmurHash3, which spreads what differs in any bit.
    long hash = high * 0x9E3779B97F4A7C15L + low + other * 0xC2B2AE3D27D4EB4FL;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return (int) (hash ^ hash >>> 33) & usedSlots - 1;
  }
}
