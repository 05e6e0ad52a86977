package fr.opendamir.api.http;

import io.vertx.core.http.impl.HttpUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;

/**
 * The address of a request as RFC 3986 writes it, whatever bytes were sent: what should have been
 * escaped is, so that {@code ?search=kinésithérapie} and {@code /graphql?query={…}} typed by hand
 * mean the same as their escaped forms at every door. Paths have one form: no empty or dotted
 * segments, no slash at the end, and lower case where there is something to ask for.
 */
final class WrittenAddress {
  /** What may stand in a path as it is; the percent sign where two hexadecimal digits follow. */
  private static final BitSet IN_PATH = characters("-._~!$&'()*+,;=:@/");

  /**
   * The same for parameters. Not {@code #}, behind which servers read nothing, nor {@code ;}, which
   * libraries take for {@code &}: neither may hide what was asked.
   */
  private static final BitSet IN_QUERY = characters("-._~!$&'()*+,=:@/?");

  /** The page whose own addresses are relative to a slash at its end. */
  private static final String PAGE = "/graphiql";

  private static final String HEX = "0123456789ABCDEF";

  private WrittenAddress() {}

  /**
   * The one form of a path.
   *
   * @param path as sent, bytes as characters of the same number; returned itself where it has the
   *     form already
   */
  static String path(String path) {
    String normal = HttpUtils.normalizePath(escaped(path, IN_PATH)); // as routes are found
    String known = normal.toLowerCase(Locale.ROOT);
    if (isPage(known)) {
      return known;
    }
    int end = normal.length();
    while (end > 1 && normal.charAt(end - 1) == '/') {
      end--;
    }
    return (Door.of(known) != Door.OTHER ? known : normal).substring(0, end);
  }

  /**
   * The parameters, escaped, without those that others add to links.
   *
   * @param query as sent, bytes as characters of the same number; may be null, as may what is
   *     returned
   */
  static String query(String query) {
    return query == null ? null : LinkDecoration.removedFrom(escaped(query, IN_QUERY));
  }

  /** Whether what is escaped in an address is text in UTF-8. */
  static boolean isText(String escaped) {
    int at = escaped.indexOf('%');
    while (at >= 0) {
      int end = at;
      while (end < escaped.length() && escaped.charAt(end) == '%') {
        end += 3;
      }
      if (!isUtf8(escaped, at, end)) {
        return false;
      }
      at = escaped.indexOf('%', end);
    }
    return true;
  }

  /** Whether some escapes in a row are UTF-8; those of ASCII are, without a closer look. */
  private static boolean isUtf8(String escaped, int start, int end) {
    boolean isAscii = true;
    for (int i = start + 1; i < end; i += 3) {
      isAscii &= Character.digit(escaped.charAt(i), 16) < 8;
    }
    if (isAscii) {
      return true;
    }
    ByteBuffer bytes = ByteBuffer.allocate((end - start) / 3);
    for (int i = start + 1; i < end; i += 3) {
      bytes.put((byte) Integer.parseInt(escaped, i, i + 2, 16));
    }
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isPage(String path) {
    return path.startsWith(PAGE)
        && (path.length() == PAGE.length() || path.charAt(PAGE.length()) == '/');
  }

  private static String escaped(String sent, BitSet allowed) {
    int first = firstToEscape(sent, allowed, 0);
    if (first < 0) {
      return sent;
    }
    StringBuilder written = new StringBuilder(sent.length() + 32);
    int done = 0;
    for (int at = first; at >= 0; at = firstToEscape(sent, allowed, done)) {
      written.append(sent, done, at);
      done = at + 1;
      for (byte one : bytes(sent.charAt(at))) {
        written.append('%').append(HEX.charAt((one >> 4) & 15)).append(HEX.charAt(one & 15));
      }
    }
    return written.append(sent, done, sent.length()).toString();
  }

  /** Characters are bytes of the same number; one that is none is itself. */
  private static byte[] bytes(char character) {
    return character < 0x100
        ? new byte[] {(byte) character}
        : String.valueOf(character).getBytes(StandardCharsets.UTF_8);
  }

  private static int firstToEscape(String sent, BitSet allowed, int from) {
    for (int i = from; i < sent.length(); i++) {
      char character = sent.charAt(i);
      if (!allowed.get(character) && !(character == '%' && isEscape(sent, i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEscape(String sent, int at) {
    return at + 2 < sent.length() && isHex(sent.charAt(at + 1)) && isHex(sent.charAt(at + 2));
  }

  private static boolean isHex(char character) {
    return character < 0x80 && Character.digit(character, 16) >= 0;
  }

  private static BitSet characters(String others) {
    BitSet allowed = new BitSet();
    allowed.set('a', 'z' + 1);
    allowed.set('A', 'Z' + 1);
    allowed.set('0', '9' + 1);
    others.chars().forEach(allowed::set);
    return allowed;
  }
}
