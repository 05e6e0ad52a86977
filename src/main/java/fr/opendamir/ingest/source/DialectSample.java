package fr.opendamir.ingest.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the dialect of a file in its first lines. Later lines are not examined: where they differ,
 * the strict reader refuses the file.
 */
final class DialectSample {
  /** Some 300 lines of a genuine file, nearly all of which have decimals. */
  static final int LENGTH = 1 << 16;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]*([.,])[0-9]+");

  private final LineLayout layout;
  private boolean quoted;
  private char decimalMark;

  /**
   * Creates a sample of a file.
   *
   * @param header the column names, without quotes
   * @param quotedHeader whether one of them was in quotes
   */
  DialectSample(SourceLayout layout, List<String> header, boolean quotedHeader) {
    this.layout = new LineLayout(layout, header);
    this.quoted = quotedHeader;
  }

  /**
   * Returns the dialect.
   *
   * @param start the first bytes of the file, with its header
   */
  Dialect read(byte[] start) {
    // Every byte is a character: what is not ASCII is no sign of a dialect.
    new String(start, StandardCharsets.ISO_8859_1).lines().skip(1).forEach(this::line);
    return new Dialect(quoted, decimalMark == ',' ? ',' : '.');
  }

  private void line(String line) {
    String[] fields = line.split(";", -1);
    for (int i = 0; i < fields.length; i++) {
      String value = fields[i];
      if (isQuoted(value)) {
        quoted = true;
        value = value.substring(1, value.length() - 1);
      }
      if (decimalMark == 0 && layout.kind(i) == FieldKind.AMOUNT) {
        Matcher decimal = DECIMAL.matcher(value);
        decimalMark = decimal.matches() ? decimal.group(1).charAt(0) : 0;
      }
    }
  }

  /** Whether quotes enclose a value that has none inside. */
  static boolean isQuoted(String value) {
    return value.length() > 1
        && value.startsWith("\"")
        && value.indexOf('"', 1) == value.length() - 1;
  }
}
