package fr.opendamir.ingest.source;

import java.io.IOException;
import java.time.YearMonth;
import java.util.List;

/**
 * Reads a monthly file once and checks everything: every measure of every line must be a number in
 * the producer's format, every line must fit the header, and the month must be the same on every
 * line. One thread inflates and finds fields, the calling one parses; lines are passed on in their
 * order.
 */
public final class StrictReader {
  /** Receives what was read so far, from time to time. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Reports progress.
     *
     * @param bytes of the file on disk
     */
    void read(long lines, long bytes);
  }

  private static final int LINES_BETWEEN_REPORTS = 1 << 14;

  /** Rows of a sheet in Excel and LibreOffice, less the header. */
  private static final long ROWS_OF_A_SHEET = (1 << 20) - 1;

  private final MonthlyFile file;
  private final LineParser parser;
  private final Progress progress;

  /**
   * Creates a reader of one file.
   *
   * @param consumer receives each line that is right
   */
  public StrictReader(MonthlyFile file, LineConsumer consumer, Progress progress) {
    this.file = file;
    this.parser = new LineParser(file, consumer);
    this.progress = progress;
  }

  /**
   * The codes that were met so far, by column of {@link RequiredColumns#CODES}; a {@link ReadLine}
   * refers to them.
   */
  public List<CodeDictionary> dictionaries() {
    return parser.fields().dictionaries();
  }

  /**
   * Reads the whole file, unless the thread is interrupted.
   *
   * @throws InvalidSourceFileException at the first invalid line; the message says which and why
   */
  public StrictReading read() {
    try (TextBlocks blocks = new TextBlocks(file)) {
      boolean more = true;
      long reported = 0;
      while (more) {
        TextBlock block = blocks.next();
        parser.parse(block);
        if (parser.lines() - reported >= LINES_BETWEEN_REPORTS) {
          reported = parser.lines();
          progress.read(reported, block.bytesRead);
        }
        more = !block.isLast;
        if (block.failure.isPresent()) {
          throw failure(block.failure.get());
        }
        blocks.release(block);
      }
    } catch (IOException e) {
      throw failure(e);
    } catch (ArithmeticException e) {
      throw parser.problem("the amounts up to here add up to more than any month can hold");
    }
    if (parser.lines() == 0) {
      throw new InvalidSourceFileException(file.path(), "holds a header but no line");
    }
    if (parser.lines() == ROWS_OF_A_SHEET && !file.synthetic()) {
      throw new InvalidSourceFileException(
          file.path(),
          "holds 1,048,575 lines, as many as fit a sheet: a spreadsheet has saved it, and cut off"
              + " the lines behind them; import the file as the producer publishes it");
    }
    parser.refuseShortEnd();
    LineFields fields = parser.fields();
    return new StrictReading(
        YearMonth.of(
            Integer.parseInt(fields.month().substring(0, 4)),
            Integer.parseInt(fields.month().substring(4))),
        parser.lines(),
        parser.shortLines(),
        fields.totals().totals(),
        fields.wordColumns(),
        parser.hasMixedLineEnds());
  }

  private RuntimeException failure(Throwable cause) {
    return cause instanceof IOException io
        ? new InvalidSourceFileException(
            file.path(), file.readingProblem("at line " + parser.number(), io), io)
        : new IllegalStateException("the file cannot be read", cause);
  }
}
