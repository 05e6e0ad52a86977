package fr.opendamir.ingest.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The type of a file that is not CSV text, recognised by its first bytes, and advice for it. */
public final class FileSignature {
  /** Number of bytes needed to recognise any type. */
  public static final int LENGTH = 4096;

  private static final String UNPACK = "; unpack it and import the .csv file that it holds";
  private static final String AS_PUBLISHED = "; import the file as the producer publishes it";
  private static final String AS_CSV = "; save it as CSV with ';', or" + AS_PUBLISHED.substring(1);

  /**
   * @param bytes what such files start with, hexadecimal
   */
  private record Mark(String bytes, String problem) {
    boolean begins(byte[] start) {
      byte[] mark = HexFormat.of().parseHex(bytes);
      return start.length >= mark.length
          && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
    }
  }

  private static final String WEB_PAGE =
      "is a web page, not a monthly file: the download link had probably expired; "
          + "open the download page again and take a new link";
  private static final String UTF_16 =
      "is UTF-16 text (\"Unicode\" in some programs); save it as UTF-8, or convert it with"
          + " iconv -f UTF-16 -t UTF-8";

  private static final List<Mark> MARKS =
      List.of(
          new Mark("1f8b", "is compressed more than twice; unpack it (gunzip) and import it"),
          new Mark("504b0506", "is an empty ZIP archive; download the file again"),
          new Mark("504b", "is a ZIP archive" + UNPACK),
          new Mark("d0cf11e0a1b11ae1", "is an old Excel workbook or other Office file" + AS_CSV),
          new Mark("425a68", "is compressed with bzip2" + UNPACK),
          new Mark("fd377a585a00", "is compressed with xz" + UNPACK),
          new Mark("28b52ffd", "is compressed with zstd" + UNPACK),
          new Mark("04224d18", "is compressed with lz4" + UNPACK),
          new Mark("1f9d", "is compressed with compress (.Z)" + UNPACK),
          new Mark("377abcaf271c", "is a 7z archive" + UNPACK),
          new Mark("526172211a07", "is a RAR archive" + UNPACK),
          new Mark("50415231", "is a Parquet file" + AS_PUBLISHED),
          new Mark("53514c69746520666f726d617420", "is an SQLite database" + AS_PUBLISHED),
          new Mark("25504446", "is a PDF document" + AS_PUBLISHED),
          new Mark("fffe0000", "is UTF-32 text; save it as UTF-8"),
          new Mark("0000feff", "is UTF-32 text; save it as UTF-8"),
          new Mark("fffe", UTF_16),
          new Mark("feff", UTF_16));

  private FileSignature() {}

  /** Whether a file with this start is compressed as monthly files are. */
  public static boolean isGzip(byte[] start) {
    return start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
  }

  /** Whether a file with this start is a ZIP archive of files that are no workbook. */
  public static boolean isZip(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith("PK\u0003\u0004")
        && !isWorkbook(start);
  }

  /**
   * Returns the problem of a file with this start; empty if it may be CSV text.
   *
   * @param start the first {@link #LENGTH} bytes, fewer if the file is shorter
   */
  public static Optional<String> problem(byte[] start) {
    for (Mark mark : MARKS) {
      if (mark.begins(start)) {
        return Optional.of(isWorkbook(start) ? "is an Excel workbook" + AS_CSV : mark.problem());
      }
    }
    return isArchive(start) ? Optional.of("is a tar archive" + UNPACK) : text(start);
  }

  /** A workbook is a ZIP archive whose first entries have known names. */
  static boolean isWorkbook(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return text.startsWith("PK")
        && (text.contains("[Content_Types].xml") || text.contains("xl/workbook.xml"));
  }

  private static boolean isArchive(byte[] start) {
    return start.length > 262
        && new String(start, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
  }

  private static Optional<String> text(byte[] start) {
    byte[] line = firstLine(start);
    int zeros = zeros(line, 0, 1);
    if (zeros > 0) {
      return Optional.of(zeroBytes(line, zeros));
    }
    String text = new String(start, StandardCharsets.UTF_8);
    String shown = text.startsWith(FileInspection.BYTE_ORDER_MARK) ? text.substring(1) : text;
    shown = shown.stripLeading().toLowerCase(Locale.ROOT);
    if (shown.startsWith("<")) {
      return Optional.of(WEB_PAGE);
    }
    if (shown.startsWith("{") || shown.startsWith("[")) {
      return Optional.of(
          "is JSON, not a monthly file: an answer of a service, or its error" + AS_PUBLISHED);
    }
    return new String(line, StandardCharsets.ISO_8859_1)
            .chars()
            .anyMatch(c -> c < ' ' && c != '\t' && c != '\r')
        ? Optional.of("is a binary file, not CSV text" + AS_PUBLISHED)
        : Optional.empty();
  }

  /** Returns the first line. The strict reader reports damage after it, with line and column. */
  private static byte[] firstLine(byte[] start) {
    int end = 0;
    while (end < start.length && start[end] != '\n') {
      end++;
    }
    return Arrays.copyOf(start, end);
  }

  /** Detects UTF-16: ASCII text in it has a zero in every second byte. */
  private static String zeroBytes(byte[] start, int zeros) {
    if (zeros == start.length) {
      return "holds zero bytes only: the download did not finish; download it again";
    }
    int even = zeros(start, 0, 2);
    int letters = start.length / 2;
    boolean wide =
        (even == 0 && zeros > letters * 9 / 10) || (zeros == even && zeros > letters * 9 / 10);
    return wide ? UTF_16 : "is a binary file, not CSV text" + AS_PUBLISHED;
  }

  private static int zeros(byte[] bytes, int from, int step) {
    int zeros = 0;
    for (int i = from; i < bytes.length; i += step) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }
}
