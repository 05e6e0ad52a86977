package fr.opendamir.api.http;

import io.vertx.core.http.impl.HttpUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;

/**
 * Normalizes the address of a request to the form of RFC 3986, whatever bytes were sent. Characters
 * that need escaping are escaped, so that {@code ?search=kinésithérapie} and {@code
 * /graphql?query={…}} typed by hand mean the same as their escaped forms at every entry point.
 * Paths have one form: no empty or dot segments, no trailing slash, and lower case where data are
 * served.
 */
final class WrittenAddress {
  /** Characters allowed unescaped in a path; a percent sign only before two hexadecimal digits. */
  private static final BitSet IN_PATH = characters("-._~!$&'()*+,;=:@/");

  /**
   * Characters allowed unescaped in parameters. Excludes {@code #}, after which servers read
   * nothing, and {@code ;}, which libraries treat as {@code &}: neither may hide part of a
   * question.
   */
  private static final BitSet IN_QUERY = characters("-._~!$&'()*+,=:@/?");

  /** The page whose relative addresses require its trailing slash. */
  private static final String PAGE = "/graphiql";

  private static final String HEX = "0123456789ABCDEF";

  private WrittenAddress() {}

  /**
   * Normalizes a path.
   *
   * @param path the path as sent, one character per byte
   * @return the same instance if the path is already normalized
   */
  static String path(String path) {
    String normal = HttpUtils.normalizePath(escaped(path, IN_PATH)); // as the router does
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
   * Escapes the parameters and removes tracking parameters.
   *
   * @param query the query as sent, one character per byte; may be null
   * @return the escaped query, or null
   */
  static String query(String query) {
    return query == null ? null : LinkDecoration.removedFrom(escaped(query, IN_QUERY));
  }

  /** Whether the escaped bytes of an address are valid UTF-8. */
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

  /** Whether a sequence of escapes is valid UTF-8; ASCII escapes are accepted without decoding. */
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

  /**
   * The bytes to escape for a character. Characters below U+0100 stand for one byte each; any other
   * character is encoded in UTF-8.
   */
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
