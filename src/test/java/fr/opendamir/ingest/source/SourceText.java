package fr.opendamir.ingest.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The text of a small monthly file. */
final class SourceText {
  static final String HEADER =
      Arrays.stream(SourceColumn.values()).map(Enum::name).collect(Collectors.joining(";")) + ";";

  /** Two genuine lines of January 2025 with decimals, and an ordinary one. */
  static final String LINES =
      """
      202501;84;0;84;9;3;2;0;9999;99;99;99;9999;9;99;0;1;1;1;0;4.4;4.4;4.4;1;1;1;4.4;0;4.4;2024;12;10;0;0;9;99;9;99;9;3512;2;100;99;31;76;50;2;0;1;76;0;1;1;8;9;Z;
      202501;27;30;27;9;1;2;0;9999;99;99;76;1101;9;99;0;1;1;1;0;1.35;1.35;.81;1;1;1;1.35;0;.81;2024;12;10;0;0;9;99;9;99;9;3116;2;60;99;31;27;24;3;0;1;99;0;0;1;2;9;Z;
      202501;11;40;11;0;1;2;121;9999;99;99;99;9999;9;99;0;1;1;1;5;30;25;18.43;1;1;1;30;5;18.43;2025;01;10;0;0;1;35;9;0;0;1110;2;70;0;11;11;0;1;1;1;99;0;0;0;0;1;Z;
      """;

  private SourceText() {}

  static String file() {
    return HEADER + "\n" + LINES;
  }

  /** The file with one value of its last line changed. */
  static String with(SourceColumn column, String value) {
    String[] fields = LINES.strip().lines().toList().get(2).split(";", -1);
    fields[Arrays.asList(SourceColumn.values()).indexOf(column)] = value;
    return file() + String.join(";", fields) + "\n";
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
