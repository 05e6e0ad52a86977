package fr.opendamir.ingest.source;

/**
 * Parses the lines of blocks. A line that is complete and whose values are all as usual is parsed
 * at once; every other line is checked field by field, and is rejected with a reason or accepted as
 * unusual.
 */
final class LineParser {
  private final MonthlyFile file;
  private final LineLayout layout;
  private final LineFields fields;
  private final FieldCheck check;
  private final LineConsumer consumer;
  private final boolean quoted;
  private FieldStops found; // of the block being parsed
  private int[] stops;
  private final long[] linesOfFields; // complete lines count under the header's number of fields
  private long number = 2; // of the line being read; the header is the first
  private long lines;
  private int lastFields;
  private long lastLine;
  private boolean hasMixedLineEnds;

  LineParser(MonthlyFile file, LineConsumer consumer) {
    this.file = file;
    this.layout = new LineLayout(file.layout(), file.header());
    this.fields = new LineFields(layout, file.dialect().decimalMark());
    this.check = new FieldCheck(layout, fields, file.dialect().decimalMark(), this::problem);
    this.quoted = file.dialect().quoted();
    this.consumer = consumer;
    this.linesOfFields = new long[layout.size() + 1];
  }

  LineFields fields() {
    return fields;
  }

  /** Number of lines so far. */
  long lines() {
    return lines;
  }

  /** The number of the line that comes next, from 1 for the header. */
  long number() {
    return number;
  }

  /** Whether a line ends otherwise than the header. */
  boolean hasMixedLineEnds() {
    return hasMixedLineEnds;
  }

  /** Number of lines that have fewer fields than the header. */
  long shortLines() {
    return lines - linesOfFields[layout.size()];
  }

  /**
   * Parses all lines of a block.
   *
   * @throws InvalidSourceFileException at the first wrong line
   */
  void parse(TextBlock block) {
    found = block.found;
    stops = found.stops();
    int first = 0;
    for (int i = 0; i < found.lineCount(); i++) {
      int end = found.lineEnd(i);
      line(block.text, first, end);
      number++;
      first = end;
    }
    if (found.damage() >= 0) {
      throw damage(block.text, first);
    }
    int rest = stops[first] + 1;
    if (rest < block.length && block.isLast && block.failure.isEmpty()) {
      throw cutOff(block, first);
    }
    if (rest < block.length) {
      throw problem(
          ("is longer than %d bytes, as no line of a monthly file is: its line ends are missing, or"
                  + " the file is damaged; download it again")
              .formatted(TextBlock.LONGEST_LINE));
    }
  }

  /**
   * Parses one line.
   *
   * @param first index of the stop before it
   * @param end index of its LF
   */
  private void line(byte[] text, int first, int end) {
    int lineEnd = stops[end];
    boolean carriageReturn = lineEnd > stops[first] + 1 && text[lineEnd - 1] == '\r';
    if (carriageReturn) {
      stops[end] = lineEnd - 1;
    }
    hasMixedLineEnds |= carriageReturn != file.windowsLineEnds();
    if (quoted) {
      removeQuotes(text, first, end);
    }
    int count = end - first;
    boolean complete =
        count == file.fieldsPerLine()
            && (count == layout.size() || stops[end] == stops[end - 1] + 1);
    if (complete && fields.parse(text, stops, first)) {
      countLine(layout.size());
    } else {
      unusual(text, first, end);
    }
    stops[end] = lineEnd;
  }

  private void countLine(int withFields) {
    lastLine = number;
    lastFields = withFields;
    linesOfFields[withFields]++;
    lines++;
    consumer.accept(fields.line());
  }

  private void unusual(byte[] text, int first, int end) {
    int count = end - first;
    checkFields(text, first, end - 1);
    boolean empty = count == 1 && stops[end] == stops[first] + 1; // which some tools add at the end
    if (empty) {
      return;
    }
    check.check(count - 1, text, stops[end - 1] + 1, stops[end]);
    if (count <= layout.field(SourceColumn.FLX_ANN_MOI)) {
      throw problem("is cut before its column FLX_ANN_MOI");
    }
    if (count > file.fieldsPerLine()) {
      throw problem("has %d fields where the header has %d".formatted(count, file.fieldsPerLine()));
    }
    int known = Math.min(count, layout.size());
    fields.parseChecked(text, stops, first, known);
    countLine(known);
  }

  private static boolean hasQuote(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] == '"') {
        return true;
      }
    }
    return false;
  }

  /** Checks the fields from the one behind a stop to the one before another. */
  private void checkFields(byte[] text, int first, int last) {
    for (int i = first; i < last; i++) {
      check.check(i - first, text, stops[i] + 1, stops[i + 1]);
    }
  }

  /**
   * Moves the fields between two stops together, without the quotes that enclose them.
   *
   * @throws InvalidSourceFileException if there is another quote, or one of the fields before is
   *     wrong
   */
  private void removeQuotes(byte[] text, int first, int end) {
    int from = stops[first] + 1;
    int target = from;
    for (int i = first; i < end; i++) {
      int to = stops[i + 1];
      boolean enclosed = to - from > 1 && text[from] == '"' && text[to - 1] == '"';
      int begin = enclosed ? from + 1 : from;
      int stop = enclosed ? to - 1 : to;
      if (hasQuote(text, begin, stop)) {
        checkFields(text, first, i);
        throw problem(
            ("column %s holds %s, in which a quote does not enclose a value: what is in quotes has"
                    + " neither quotes nor ';' nor line ends inside; export the file without quotes")
                .formatted(layout.name(i - first), FieldCheck.printable(text, from, to)));
      }
      System.arraycopy(text, begin, text, target, stop - begin);
      target += stop - begin;
      from = to + 1;
      stops[i + 1] = target;
      text[target++] = ';';
    }
  }

  /**
   * The only control character allowed is CR, directly before LF; any other, in any column, is
   * damage.
   */
  private InvalidSourceFileException damage(byte[] text, int first) {
    int last = found.stopCount() - 1;
    if (quoted) {
      removeQuotes(text, first, last);
    }
    checkFields(text, first, last);
    byte value = text[found.damage()];
    return problem(
        "column %s holds the byte 0x%02X, which is not text%s"
            .formatted(
                layout.name(last - first),
                value,
                value == 0
                    ? ": the download did not finish, or the file is damaged; download it again"
                    : ": the file is damaged or was edited; download it again"));
  }

  /** The producer ends every line with a line end, including the last one. */
  private InvalidSourceFileException cutOff(TextBlock block, int first) {
    int last = found.stopCount() - 1;
    int field = last - first;
    int from = stops[last] + 1;
    if (quoted) {
      removeQuotes(block.text, first, last);
    }
    checkFields(block.text, first, last);
    boolean complete =
        field + 1 == file.fieldsPerLine() && (block.length > from || file.trailingSeparator());
    if (complete) {
      return problem(
          "the file ends with this line but without a line end: it was cut off, and lines that"
              + " followed may be missing; download it again, or add a line end where it is known"
              + " to be the last line");
    }
    return problem(
        "the file ends within this line, at column %s with %s: it was cut off; download it again"
            .formatted(layout.name(field), FieldCheck.printable(block.text, from, block.length)));
  }

  /**
   * Rejects a file whose last line was cut. Genuine files hold lines that are shorter than their
   * header. But a last line with a number of fields that no other line has was cut, and a program
   * that copied the file added a line end.
   */
  void refuseShortEnd() {
    if (lastFields < layout.size() && linesOfFields[lastFields] == 1) {
      number = lastLine;
      throw problem(
          ("the last line has %d of %d fields, as no other line has, up to column %s: the file was"
                  + " cut off; download it again")
              .formatted(lastFields, layout.size(), layout.name(lastFields - 1)));
    }
  }

  InvalidSourceFileException problem(String text) {
    return new InvalidSourceFileException(file.path(), "line " + number + ": " + text);
  }
}
