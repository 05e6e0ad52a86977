package fr.opendamir.ingest.source;

/**
 * Reads the same numbers as {@link NumberField}, eight bytes at once, with few branches that depend
 * on the value. Almost all numbers of a file are that short.
 */
final class WideNumber {
  private static final int WIDTH = 8;
  private static final long POINTS = ByteWords.repeat('.');
  private static final long COMMAS = ByteWords.repeat(',');
  private static final long[] POWERS = {1, 10, 100};

  private WideNumber() {}

  /**
   * Returns what {@link NumberField#parse} returns.
   *
   * @param text has eight bytes more than the text
   */
  static long parse(byte[] text, int from, int to, int decimals, char mark) {
    int length = to - from;
    if (length == 1) {
      int digit = text[from] - '0';
      return digit >= 0 && digit <= 9 ? digit * POWERS[decimals] : NumberField.MALFORMED;
    }
    if (length == 0) {
      return 0;
    }
    return length > WIDTH
        ? NumberField.parse(text, from, to, decimals, mark)
        : parse(ByteWords.at(text, from, length), length, decimals, mark == '.' ? POINTS : COMMAS);
  }

  private static long parse(long word, int length, int decimals, long marks) {
    int sign = (word & 0xff) == '-' ? 1 : 0;
    long digits = word >>> (8 * sign);
    int count = length - sign;
    int fraction = 0;
    long point = ByteWords.equal(digits, marks);
    if (point != 0) {
      int whole = Long.numberOfTrailingZeros(point) >>> 3;
      fraction = count - 1 - whole;
      if (fraction == 0 || fraction > decimals) {
        return NumberField.MALFORMED;
      }
      long below = (1L << (8 * whole)) - 1;
      digits = (digits & below) | ((digits >>> 8) & ~below);
      count--;
    }
    boolean redundantZero = count - fraction > 1 && (digits & 0xff) == '0';
    if (count == 0 || redundantZero) {
      return NumberField.MALFORMED;
    }
    long aligned = ByteWords.rightAligned(digits, count);
    if (!ByteWords.areDigits(aligned)) {
      return NumberField.MALFORMED;
    }
    long value = ByteWords.number(aligned) * POWERS[decimals - fraction];
    return sign == 1 ? -value : value;
  }
}
