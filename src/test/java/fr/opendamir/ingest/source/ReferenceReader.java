package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and checks a monthly file byte by byte, with the same messages; the reader until ADR 49.
 */
public final class ReferenceReader {
  private static final int LONGEST_NUMERIC_CODE = 4;

  private final MonthlyFile file;
  private final List<String> header;
  private final FieldKind[] kinds;
  private final SourceColumn[] columns;
  private final long[] sums;
  private final int monthField;
  private final Set<SourceColumn> wordColumns = EnumSet.noneOf(SourceColumn.class);
  private String month;
  private boolean mixedLineEnds;
  private long number = 2; // of the line being read; the header is the first
  private long lines;
  private final long[] linesOfFields; // complete lines count under the header's number of fields
  private int lastFields;
  private long lastLine;
  private int field; // of the line being read, from 0

  /** Creates a reader of one file. */
  public ReferenceReader(MonthlyFile file) {
    this.file = file;
    this.header = file.header();
    this.kinds = new FieldKind[header.size()];
    this.columns = new SourceColumn[header.size()];
    this.sums = new long[header.size()];
    this.linesOfFields = new long[header.size() + 1];
    this.monthField = header.indexOf(SourceColumn.FLX_ANN_MOI.name());
    for (int i = 0; i < header.size(); i++) {
      columns[i] = SourceColumn.find(header.get(i)).orElse(null);
      if (columns[i] == SourceColumn.BEN_RES_REG && file.layout() == SourceLayout.ZONES_55) {
        wordColumns.add(columns[i]); // Z1 is a word
      }
      kinds[i] = columns[i] == null ? FieldKind.UNUSED : FieldKind.of(columns[i]);
    }
  }

  /** Reads the whole file; throws at the first invalid line. */
  public StrictReading read() {
    try (InputStream in = file.open()) {
      readLines(in);
    } catch (IOException e) {
      throw new InvalidSourceFileException(
          file.path(), file.readingProblem("at line " + number, e), e);
    }
    if (lines == 0) {
      throw new InvalidSourceFileException(file.path(), "holds a header but no line");
    }
    refuseShortEnd();
    return new StrictReading(
        YearMonth.of(Integer.parseInt(month.substring(0, 4)), Integer.parseInt(month.substring(4))),
        lines,
        shortLines(),
        totals(),
        wordColumns,
        mixedLineEnds);
  }

  /** Rejects a file whose last line was cut. */
  private void refuseShortEnd() {
    if (lastFields < header.size() && linesOfFields[lastFields] == 1) {
      number = lastLine;
      throw problem(
          ("the last line has %d of %d fields, as no other line has, up to column %s: the file was"
                  + " cut off; download it again")
              .formatted(lastFields, header.size(), name(lastFields - 1)));
    }
  }

  private long shortLines() {
    return lines - linesOfFields[header.size()];
  }

  private void readLines(InputStream in) throws IOException {
    byte[] text = in.readAllBytes();
    int header = 0;
    while (header < text.length && text[header] != '\n') {
      header++;
    }
    byte[] lines = Arrays.copyOfRange(text, Math.min(header + 1, text.length), text.length);
    int rest = split(lines, lines.length);
    if (field > 0 || rest < lines.length) {
      throw cutOff(lines, rest, lines.length);
    }
  }

  /** The producer ends every line with a line end, including the last one. */
  private InvalidSourceFileException cutOff(byte[] buffer, int from, int end) {
    boolean complete =
        field + 1 == file.fieldsPerLine() && (end > from || file.trailingSeparator());
    if (complete) {
      return problem(
          "the file ends with this line but without a line end: it was cut off, and lines that"
              + " followed may be missing; download it again, or add a line end where it is known"
              + " to be the last line");
    }
    return problem(
        "the file ends within this line, at column %s with %s: it was cut off; download it again"
            .formatted(name(field), printable(buffer, from, end)));
  }

  /** Processes the complete fields of the buffer; returns the start of the incomplete one. */
  private int split(byte[] buffer, int end) {
    int from = 0;
    for (int at = nextEnd(buffer, from, end); at < end; at = nextEnd(buffer, from, end)) {
      if (buffer[at] == '\n') {
        endLine(buffer, from, at);
        field = 0;
      } else {
        endField(buffer, from, at);
        field++;
      }
      from = at + 1;
    }
    return from;
  }

  private int nextEnd(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && buffer[at] != ';' && buffer[at] != '\n') {
      if ((buffer[at] & 0xff) < ' ') {
        refuseControl(buffer, at, end);
      }
      at++;
    }
    return at;
  }

  /**
   * The only control character allowed is CR, directly before LF; any other, in any column, is
   * damage.
   */
  private void refuseControl(byte[] buffer, int at, int end) {
    boolean beforeLineEnd = at + 1 == end || buffer[at + 1] == '\n';
    if (buffer[at] != '\r' || !beforeLineEnd) {
      throw problem(
          "column %s holds the byte 0x%02X, which is not text%s"
              .formatted(
                  name(field),
                  buffer[at],
                  buffer[at] == 0
                      ? ": the download did not finish, or the file is damaged; download it again"
                      : ": the file is damaged or was edited; download it again"));
    }
  }

  private void endLine(byte[] buffer, int from, int lineEnd) {
    boolean carriageReturn = lineEnd > from && buffer[lineEnd - 1] == '\r';
    mixedLineEnds |= carriageReturn != file.windowsLineEnds();
    int end = carriageReturn ? lineEnd - 1 : lineEnd;
    // An empty last line, which some tools add.
    boolean empty = field == 0 && value(buffer, from, end).length == 0;
    if (!empty) {
      endField(buffer, from, end);
      if (field < monthField) {
        throw problem("is cut before its column FLX_ANN_MOI");
      }
      if (field >= file.fieldsPerLine()) {
        throw problem(
            "has %d fields where the header has %d".formatted(field + 1, file.fieldsPerLine()));
      }
      lastLine = number;
      lastFields = Math.min(field + 1, header.size());
      linesOfFields[lastFields]++;
      lines++;
    }
    number++;
  }

  private void endField(byte[] buffer, int from, int to) {
    byte[] value = value(buffer, from, to);
    if (field < kinds.length) {
      check(field, value, 0, value.length);
    } else if (field == kinds.length && value.length > 0) {
      throw problem("has a value after the last ';'");
    }
  }

  /** A value without the quotes that enclose it, if the file has such values. */
  private byte[] value(byte[] buffer, int from, int to) {
    byte[] value = Arrays.copyOfRange(buffer, from, to);
    if (!file.dialect().quoted()) {
      return value;
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    String bare = text.replaceFirst("(?s)^\"(.*)\"$", "$1");
    if (bare.contains("\"")) {
      throw problem(
          "column %s holds %s, in which a quote does not enclose a value: what is in quotes has neither"
                  .formatted(name(field), FileInspection.printable(text))
              + " quotes nor ';' nor line ends inside; export the file without quotes");
    }
    return bare.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void check(int i, byte[] buffer, int from, int to) {
    switch (kinds[i]) {
      case AMOUNT -> number(i, buffer, from, to, 2);
      case COUNT -> number(i, buffer, from, to, 0);
      case CODE -> code(i, buffer, from, to);
      case MONTH -> month(buffer, from, to);
      case CARE_DATE -> careDate(i, buffer, from, to);
      case UNUSED -> {}
    }
  }

  private void number(int i, byte[] buffer, int from, int to, int decimals) {
    char mark = file.dialect().decimalMark();
    long value = NumberField.parse(buffer, from, to, decimals, mark);
    if (value == NumberField.MALFORMED) {
      throw problem(
          "column %s holds %s, not %s%s"
              .formatted(
                  name(i),
                  printable(buffer, from, to),
                  decimals == 0
                      ? "a whole number"
                      : "a number such as 18, 18.4 or -.57 with at most two decimals"
                          .replaceAll("[.]([0-9])", mark + "$1"),
                  ForeignHabit.hint(
                      new String(buffer, from, to - from, StandardCharsets.UTF_8), mark)));
    }
    sums[i] = Math.addExact(sums[i], value);
  }

  private void code(int i, byte[] buffer, int from, int to) {
    boolean leadingZero = to - from > 1 && buffer[from] == '0';
    if (leadingZero || !isNumeric(buffer, from, to)) {
      word(i, buffer, from, to);
    }
  }

  private void careDate(int i, byte[] buffer, int from, int to) {
    if (!isNumeric(buffer, from, to)) {
      String value = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
      if (value.chars().anyMatch(c -> c > 127)) {
        throw problem(
            "column %s holds %s, not a number".formatted(name(i), printable(buffer, from, to)));
      }
      wordColumns.add(columns[i]);
    }
  }

  private static boolean isNumeric(byte[] buffer, int from, int to) {
    boolean numeric = to - from <= LONGEST_NUMERIC_CODE;
    for (int at = from; at < to && numeric; at++) {
      numeric = buffer[at] >= '0' && buffer[at] <= '9';
    }
    return numeric;
  }

  /** Accepts a code that is not a plain number, unless it looks like a reserved code. */
  private void word(int i, byte[] buffer, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    SourceCodes.problem(text)
        .ifPresent(
            why -> {
              throw problem(
                  "column %s holds %s, %s%s"
                      .formatted(
                          name(i),
                          printable(buffer, from, to),
                          why,
                          ForeignHabit.hint(text, file.dialect().decimalMark())));
            });
    wordColumns.add(columns[i]);
  }

  private void month(byte[] buffer, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    if (text.equals(month)) {
      return;
    }
    if (!text.matches("(19|20)\\d{2}(0[1-9]|1[0-2])")) {
      throw problem(
          "column FLX_ANN_MOI holds %s, not a month such as 202501"
              .formatted(printable(buffer, from, to)));
    }
    if (month != null) {
      throw problem(
          "column FLX_ANN_MOI holds %s where the lines before hold %s: a monthly file holds one month"
              .formatted(text, month));
    }
    if (text.compareTo("201501") < 0 != (file.layout() == SourceLayout.ZONES_55)) {
      throw problem(
          ("column FLX_ANN_MOI holds %s where the header has %s: files until December 2014 have"
                  + " zones (BEN_RES_ZEAT), files since January 2015 regions (BEN_RES_REG); was the"
                  + " header of another year put before the lines?")
              .formatted(text, file.layout() == SourceLayout.ZONES_55 ? "zones" : "regions"));
    }
    month = text;
  }

  private Map<SourceMeasure, Long> totals() {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : SourceMeasure.values()) {
      totals.put(measure, sums[header.indexOf(measure.variable())]);
    }
    return totals;
  }

  private String name(int i) {
    if (i >= header.size()) {
      return "number " + (i + 1);
    }
    return columns[i] == null ? header.get(i) : file.layout().nameOf(columns[i]);
  }

  private static String printable(byte[] buffer, int from, int to) {
    return FileInspection.printable(
        new String(buffer, from, to - from, StandardCharsets.ISO_8859_1));
  }

  private InvalidSourceFileException problem(String text) {
    return new InvalidSourceFileException(file.path(), "line " + number + ": " + text);
  }
}
