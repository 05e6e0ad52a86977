package fr.opendamir.api.files;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a file that a request asks for.
 *
 * @param status 200 for the whole file, 206 for a part, 416 for a part that the file does not have
 * @param first the first byte
 * @param length number of bytes; 0 with 416
 */
record ByteRange(int status, long first, long length) {
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int OUTSIDE = 416;

  private static final Pattern SINGLE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)");

  /** Digits of numbers that are certainly a {@code long}. */
  private static final int LONG_DIGITS = 18;

  /**
   * Reads the header {@code Range}. What is not one range of bytes is ignored, as RFC 9110 allows
   * for several ranges and asks for malformed ones and other units: the whole file is sent.
   *
   * @param headers its values
   * @param size of the file
   */
  static ByteRange of(List<String> headers, long size) {
    ByteRange whole = new ByteRange(WHOLE, 0, size);
    if (headers.size() != 1) {
      return whole;
    }
    Matcher single = SINGLE.matcher(headers.get(0).strip());
    if (!single.matches() || (single.group(1).isEmpty() && single.group(2).isEmpty())) {
      return whole;
    }
    if (single.group(1).isEmpty()) {
      return last(number(single.group(2)), size);
    }
    long first = number(single.group(1));
    long last = single.group(2).isEmpty() ? Long.MAX_VALUE : number(single.group(2));
    if (last < first) {
      return whole;
    }
    return first >= size
        ? new ByteRange(OUTSIDE, 0, 0)
        : new ByteRange(PART, first, Math.min(last, size - 1) - first + 1);
  }

  private static ByteRange last(long bytes, long size) {
    return bytes == 0 || size == 0
        ? new ByteRange(OUTSIDE, 0, 0)
        : new ByteRange(PART, Math.max(0, size - bytes), Math.min(bytes, size));
  }

  /** Larger numbers than any file has bytes are as good as the largest. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > LONG_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
  }

  boolean isOutside() {
    return status == OUTSIDE;
  }

  boolean isPart() {
    return status == PART;
  }

  /** The value of {@code Content-Range}, for a part and for 416. */
  String contentRange(long size) {
    return isOutside()
        ? "bytes */" + size
        : "bytes %d-%d/%d".formatted(first, first + length - 1, size);
  }
}
