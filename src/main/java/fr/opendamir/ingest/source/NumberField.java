package fr.opendamir.ingest.source;

/**
 * Parses a number of a raw file: an optional minus, digits without a redundant leading zero, and
 * for amounts a decimal mark with one or two decimals, which need no digit before it ({@code .57}).
 * Everything else is rejected: exponent, plus, space, another mark, and a mark without decimals
 * ({@code 18.}, which is left of a truncated amount).
 *
 * <p>The files of 2024 and 2025 never write a zero before the point ({@code 0.57}) or at the end
 * ({@code 4.40}). Both are accepted, because the format of earlier years is unknown and they are
 * unambiguous.
 */
final class NumberField {
  /** Result for text that is not a valid number. */
  static final long MALFORMED = Long.MIN_VALUE;

  /** Far above any amount seen (8 digits), yet sums of many such values fit 64 bits. */
  private static final int MOST_DIGITS = 12;

  private NumberField() {}

  /**
   * Returns the value in units of the last decimal: cents with two decimals, the number itself with
   * none. An empty field is zero.
   *
   * @param decimals 2 for amounts, 0 for counts
   * @param mark before decimals, see {@link Dialect#decimalMark}
   * @return the value, or {@link #MALFORMED}
   */
  static long parse(byte[] text, int from, int to, int decimals, char mark) {
    if (from == to || (to == from + 1 && text[from] == '0')) {
      return 0; // true for more than half of all fields
    }
    int at = text[from] == '-' ? from + 1 : from;
    int first = at;
    long value = 0;
    int digits = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at] - '0');
      digits++;
      at++;
    }
    if (digits > MOST_DIGITS || (digits > 1 && text[first] == '0')) {
      return MALFORMED;
    }
    int fraction = 0;
    if (at < to && text[at] == mark) {
      at++;
      while (at < to && text[at] >= '0' && text[at] <= '9') {
        value = value * 10 + (text[at] - '0');
        fraction++;
        at++;
        if (fraction > decimals) {
          return MALFORMED;
        }
      }
      if (fraction == 0) {
        return MALFORMED;
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
