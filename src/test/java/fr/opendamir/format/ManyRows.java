package fr.opendamir.format;

import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Encodes as many rows as an answer may have, in a process of its own that has little memory, and
 * prints what that took.
 */
final class ManyRows {
  static final int ROWS = 1_000_000;
  private static final int BATCH = 1_000;
  private static final int MONTHS = 200;
  private static final Path STATUS = Path.of("/proc/self/status");

  private ManyRows() {}

  /**
   * What encoding took.
   *
   * @param bytes of the answer
   * @param mebibytes of memory that the process had at its peak; 0 where that is not known
   */
  record Taken(long bytes, long mebibytes) {}

  /** Prints a {@link Taken}: two numbers. */
  public static void main(String[] arguments) throws IOException {
    AnswerFormat format = find(arguments[0]);
    long bytes = 0;
    try (RowEncoder encoder =
        format.encoder(
            Tables.of(
                "fr",
                List.of(
                    Tables.axis("service", Axis.Role.OTHER), Tables.axis("month", Axis.Role.TIME)),
                List.of(new Figure("charged", "Charged", ColumnType.MONEY, "EUR", 2))))) {
      for (int first = 0; first < ROWS; first += BATCH) {
        bytes += encoder.write(batch(first)).length;
      }
      for (byte[] part = encoder.end(); part.length > 0; part = encoder.end()) {
        bytes += part.length;
      }
    }
    System.out.println(bytes + " " + peak());
  }

  /** Every form of an answer that is written in batches. */
  static Stream<AnswerFormat> formats() {
    return Stream.concat(Formats.ALL.stream(), Formats.DIALECTS.values().stream())
        .filter(AnswerFormat::isStreamable);
  }

  private static AnswerFormat find(String selector) {
    return formats().filter(format -> format.selector().equals(selector)).findFirst().orElseThrow();
  }

  private static List<Row> batch(int first) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < first + BATCH; i++) {
      String month = YearMonth.of(2009, 1).plusMonths(i % MONTHS).toString();
      rows.add(
          new Row(
              List.of("s" + i / MONTHS, month), List.of(BigDecimal.valueOf(i * 7_919L, 2)), false));
    }
    return rows;
  }

  private static long peak() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .sum();
    }
  }
}
