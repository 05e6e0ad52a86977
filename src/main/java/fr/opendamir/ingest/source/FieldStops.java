package fr.opendamir.ingest.source;

import java.util.Arrays;

/**
 * Where the fields and lines of a block of text end, found eight bytes at once. Reused for the next
 * block.
 */
final class FieldStops {
  private static final long SEPARATORS = ByteWords.repeat(';');

  /** Stops that one step writes at once; the next step overwrites those that are too many. */
  private static final int AHEAD = 4;

  private final int[] stops;
  private int[] lines = new int[1 << 12];
  private int stopCount;
  private int lineCount;
  private int damage;

  FieldStops(int longestText) {
    stops = new int[longestText + AHEAD + 2];
  }

  /**
   * The positions of all {@code ;} and LF, from index 1 on; at index 0 is the position before the
   * text, so that a field lies between two neighbours.
   */
  int[] stops() {
    return stops;
  }

  /** The index of the first stop behind the last field that was found. */
  int stopCount() {
    return stopCount;
  }

  int lineCount() {
    return lineCount;
  }

  /** The index of the LF of a line in {@link #stops}. */
  int lineEnd(int line) {
    return lines[line];
  }

  /**
   * The position of the first control character that is no line end, where the search ends; -1 if
   * there is none.
   */
  int damage() {
    return damage;
  }

  /**
   * Finds the stops of a text.
   *
   * @param text has eight bytes more than the text
   */
  void find(byte[] text, int length) {
    stops[0] = -1;
    int count = 1; // of stops, which as a field would be written for every word
    lineCount = 0;
    damage = -1;
    for (int base = 0; base < length && damage < 0; base += 8) {
      long word = ByteWords.at(text, base);
      if (base + 8 > length) {
        word |= -1L << (8 * (length - base)); // what is behind the text is no stop
      }
      long found = ByteWords.equal(word, SEPARATORS);
      long control = ByteWords.control(word);
      if (control != 0) {
        stopCount = count;
        found = lineEnds(text, length, base, found, control);
      }
      count = add(base, found, count);
    }
    stopCount = count;
  }

  /** Adds the stops of a word; returns their number with those before. */
  private int add(int base, long found, int at) {
    long rest = found;
    stops[at] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    rest &= rest - 1;
    stops[at + 1] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    rest &= rest - 1;
    stops[at + 2] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    rest &= rest - 1;
    stops[at + 3] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    rest &= rest - 1;
    for (int next = at + AHEAD; rest != 0; rest &= rest - 1) {
      stops[next++] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    }
    return at + Long.bitCount(found);
  }

  /** Adds line ends to the stops of a word that has control characters. */
  private long lineEnds(byte[] text, int length, int base, long separators, long control) {
    long found = separators;
    for (long rest = control; rest != 0; rest &= rest - 1) {
      long bit = Long.lowestOneBit(rest);
      int at = base + (Long.numberOfTrailingZeros(bit) >>> 3);
      if (text[at] == '\n') {
        found |= bit;
        addLine(stopCount + Long.bitCount(found & (bit - 1)));
      } else if (text[at] != '\r' || (at + 1 < length && text[at + 1] != '\n')) {
        damage = at;
        return found & (bit - 1);
      }
    }
    return found;
  }

  private void addLine(int stop) {
    if (lineCount == lines.length) {
      lines = Arrays.copyOf(lines, 2 * lineCount);
    }
    lines[lineCount++] = stop;
  }
}
