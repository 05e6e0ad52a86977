package fr.opendamir.ingest.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes that occur in one column, each with a small integer: its position, in the order in
 * which they were met. A code of up to four bytes, as nearly all are, is found by these bytes as
 * they are, without being parsed. Codes may get a prefix that the file does not have.
 */
public final class CodeDictionary {
  /** The position of what is not filled in. */
  public static final int NOT_FILLED = 0;

  static final int UNKNOWN = -1;

  private static final int SHORT = 4;

  private final String prefix;
  private final List<String> codes = new ArrayList<>(List.of(""));
  private final Map<String, Integer> longCodes = new HashMap<>();

  /** Pairs of bytes and position; no code has the bytes 0. */
  private int[] slots = new int[2 << 8];

  private int shortCodes;

  /**
   * Creates an empty dictionary.
   *
   * @param prefix put before the codes of the file
   */
  CodeDictionary(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the code at a position; empty for what is not filled in. */
  public String code(int position) {
    return codes.get(position);
  }

  /** Number of positions, of which the first is {@link #NOT_FILLED}. */
  public int size() {
    return codes.size();
  }

  /** Whether a code is a whole number of up to four digits without leading zero. */
  public static boolean isPlainNumber(String code) {
    return code.length() <= SHORT
        && code.chars().allMatch(c -> c >= '0' && c <= '9')
        && (code.length() == 1 || !code.startsWith("0"))
        && !code.isEmpty();
  }

  /** Returns the position of a code, or {@link #UNKNOWN} if it was not added yet. */
  int find(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return NOT_FILLED;
    }
    if (length > SHORT) {
      return longCodes.getOrDefault(text(text, from, to), UNKNOWN);
    }
    int bytes = (int) ByteWords.at(text, from, length);
    int slot = slot(bytes);
    while (slots[slot] != bytes) {
      if (slots[slot] == 0) {
        return UNKNOWN;
      }
      slot = (slot + 2) & (slots.length - 1);
    }
    return slots[slot + 1];
  }

  /** Adds a code that was not found; returns its position. */
  int add(byte[] text, int from, int to) {
    int position = codes.size();
    String code = text(text, from, to);
    codes.add(prefix + code);
    if (to - from > SHORT) {
      longCodes.put(code, position);
    } else {
      if (++shortCodes * 4 > slots.length) {
        grow();
      }
      put((int) ByteWords.at(text, from, to - from), position);
    }
    return position;
  }

  static String text(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  private int slot(int bytes) {
    return ((bytes * 0x9E3779B1) >>> (Integer.numberOfLeadingZeros(slots.length) + 1)) & -2;
  }

  private void put(int bytes, int position) {
    int slot = slot(bytes);
    while (slots[slot] != 0) {
      slot = (slot + 2) & (slots.length - 1);
    }
    slots[slot] = bytes;
    slots[slot + 1] = position;
  }

  private void grow() {
    int[] before = slots;
    slots = new int[2 * before.length];
    for (int slot = 0; slot < before.length; slot += 2) {
      if (before[slot] != 0) {
        put(before[slot], before[slot + 1]);
      }
    }
  }
}
