package fr.opendamir.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hops that forwarding headers name. What is no address (a name, {@code unknown}, an obfuscated
 * identifier, nonsense) is an empty hop: something was there, but it is unknown what.
 */
final class ForwardedHops {
  /** No honest chain is longer; what a caller adds on the left is not read. */
  private static final int MOST = 32;

  private ForwardedHops() {}

  /** From the last, which the nearest proxy wrote, to the first. */
  static List<Optional<CallerAddress>> fromLast(ForwardingHeader header, List<String> lines) {
    List<Optional<CallerAddress>> hops = new ArrayList<>();
    for (int line = lines.size() - 1; line >= 0 && hops.size() < MOST; line--) {
      List<String> elements = elements(header, lines.get(line));
      for (int i = elements.size() - 1; i >= 0 && hops.size() < MOST; i--) {
        hops.add(
            header == ForwardingHeader.FORWARDED
                ? forwarded(elements.get(i))
                : address(elements.get(i).strip()));
      }
    }
    return hops;
  }

  /**
   * X-Forwarded-For knows no quotes. In Forwarded, a quote that stays open is a caller's, who would
   * like to swallow what the proxy appended to it: such a line is split at every comma.
   */
  private static List<String> elements(ForwardingHeader header, String line) {
    return header == ForwardingHeader.FORWARDED && isClosed(line)
        ? split(line, ',')
        : List.of(line.split(",", -1));
  }

  private static Optional<CallerAddress> forwarded(String element) {
    Optional<CallerAddress> hop = Optional.empty();
    boolean isNamed = false;
    for (String pair : split(element, ';')) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("for")) {
        if (isNamed) {
          return Optional.empty(); // two values: neither is to be believed
        }
        isNamed = true;
        hop = address(pair.substring(equals + 1).strip());
      }
    }
    return hop;
  }

  /** An address with or without quotes, brackets and port. */
  private static Optional<CallerAddress> address(String text) {
    String plain = text;
    if (plain.length() >= 2 && plain.startsWith("\"") && plain.endsWith("\"")) {
      plain = plain.substring(1, plain.length() - 1).strip();
    }
    if (plain.startsWith("[")) {
      int end = plain.indexOf(']');
      return end > 0 && isPort(plain.substring(end + 1))
          ? CallerAddress.parse(plain.substring(1, end))
          : Optional.empty();
    }
    int colon = plain.indexOf(':');
    if (colon >= 0 && colon == plain.lastIndexOf(':')) {
      return isPort(plain.substring(colon))
          ? CallerAddress.parse(plain.substring(0, colon))
          : Optional.empty();
    }
    return CallerAddress.parse(plain);
  }

  /** Nothing, or a colon and what may be a port, which RFC 7239 lets be obfuscated as well. */
  private static boolean isPort(String text) {
    return text.isEmpty()
        || (text.startsWith(":")
            && text.length() > 1
            && text.chars().skip(1).allMatch(c -> isToken((char) c)));
  }

  private static boolean isToken(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  /** Splits at a character that is not within quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        i = closing(text, i);
      } else if (text.charAt(i) == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static boolean isClosed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        i = closing(text, i);
        if (i == text.length()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where the quotes end that begin there; the length where they do not. */
  private static int closing(String text, int opening) {
    for (int i = opening + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return text.length();
  }
}
