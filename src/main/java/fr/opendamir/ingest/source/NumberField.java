package fr.opendamir.ingest.source;

/**
 * Reads a number of a raw file: an optional minus, digits, and for amounts a point with at most two
 * decimals; no leading zero is needed ({@code .57}). Nothing else is a number here: no exponent, no
 * plus, no space, no comma.
 */
final class NumberField {
  /** Not a number that this class takes. */
  static final long MALFORMED = Long.MIN_VALUE;

  /** Far above any amount seen (8 digits), and sums of many still fit 64 bits. */
  private static final int MOST_DIGITS = 12;

  private NumberField() {}

  /**
   * The value in units of the last decimal: cents with two decimals, the number itself with none.
   * An empty field is zero.
   *
   * @param decimals 2 for amounts, 0 for counts
   */
  static long parse(byte[] text, int from, int to, int decimals) {
    if (from == to || (to == from + 1 && text[from] == '0')) {
      return 0; // more than half of all fields
    }
    int at = text[from] == '-' ? from + 1 : from;
    long value = 0;
    int digits = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at] - '0');
      digits++;
      at++;
    }
    if (digits > MOST_DIGITS) {
      return MALFORMED;
    }
    int fraction = 0;
    if (at < to && text[at] == '.') {
      at++;
      while (at < to && text[at] >= '0' && text[at] <= '9') {
        value = value * 10 + (text[at] - '0');
        fraction++;
        at++;
        if (fraction > decimals) {
          return MALFORMED;
        }
      }
    }
    if (at < to || digits + fraction == 0) {
      return MALFORMED;
    }
    for (; fraction < decimals; fraction++) {
      value *= 10;
    }
    return text[from] == '-' ? -value : value;
  }
}
