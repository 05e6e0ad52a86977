package fr.opendamir.ingest.synthetic;

/**
 * Numbers as the producer writes them: no leading zero, no trailing zero, point for the decimals.
 */
final class DecimalText {

  private DecimalText() {}

  /** Each method writes at {@code at} and returns the position behind the number. */
  static int whole(byte[] out, int at, long number) {
    if (number < 0) {
      out[at] = '-';
      return digits(out, at + 1, -number);
    }
    return digits(out, at, number);
  }

  /** Nothing at all for {@link Line#EMPTY}. */
  static int count(byte[] out, int at, long number) {
    return number == Line.EMPTY ? at : whole(out, at, number);
  }

  static int padded(byte[] out, int at, int number, int width) {
    int rest = number;
    for (int i = at + width - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + width;
  }

  /** {@code 4.4}, {@code 30}, {@code -.57}, {@code 0}. */
  static int hundredths(byte[] out, int at, long hundredths) {
    int next = at;
    long rest = hundredths;
    if (rest < 0) {
      out[next++] = '-';
      rest = -rest;
    }
    long units = rest / 100;
    int cents = (int) (rest - units * 100);
    if (units != 0 || cents == 0) {
      next = digits(out, next, units);
    }
    if (cents != 0) {
      out[next++] = '.';
      out[next++] = (byte) ('0' + cents / 10);
      if (cents % 10 != 0) {
        out[next++] = (byte) ('0' + cents % 10);
      }
    }
    return next;
  }

  private static int digits(byte[] out, int at, long number) {
    if (number < 10) {
      out[at] = (byte) ('0' + number);
      return at + 1;
    }
    int end = at + 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      end++;
    }
    long rest = number;
    for (int i = end - 1; i >= at; i--) {
      long quotient = rest / 10;
      out[i] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    return end;
  }
}
