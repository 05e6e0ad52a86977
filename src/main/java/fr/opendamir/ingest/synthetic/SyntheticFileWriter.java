package fr.opendamir.ingest.synthetic;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/**
 * Writes synthetic monthly files: gzip when the name ends with {@code .gz}, plain text otherwise.
 * The text depends only on the {@link SyntheticMonth}, not on the number of threads or processors;
 * a new version of this package, or of Java's random numbers, may give another text. A month of
 * 36.6 million lines needs 1 GB of memory, of which half holds the keys of the lines written.
 */
public final class SyntheticFileWriter {

  private static final int BUFFER_BYTES = 1 << 20;

  /** Chunks drawn or deflated ahead for each thread. */
  private static final int AHEAD = 3;

  private final int threads;

  /** A writer that uses all processors. */
  public SyntheticFileWriter() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads threads that draw and compress, besides the one that calls
   * @throws IllegalArgumentException if there is none
   */
  public SyntheticFileWriter(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    this.threads = threads;
  }

  /** Writes or replaces a file, without news of the progress. */
  public SyntheticFile write(SyntheticMonth month, Path file) throws IOException {
    return write(month, file, true, lines -> {});
  }

  /**
   * Writes the month to {@code .<name>.part} beside the file, then gives it its name in one step; a
   * failure leaves neither the part nor a changed file.
   *
   * @param replace whether a file of that name is replaced
   * @param progress told the number of lines written so far, from the calling thread, every few
   *     thousand lines
   * @throws FileAlreadyExistsException if there is a file of that name, and it is not to be
   *     replaced
   * @throws IOException if the file cannot be written, or the calling thread is interrupted
   */
  public SyntheticFile write(
      SyntheticMonth month, Path file, boolean replace, LongConsumer progress) throws IOException {
    Objects.requireNonNull(month, "month");
    Objects.requireNonNull(progress, "progress");
    Path target = file.toAbsolutePath();
    Path name = target.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("not a file name: " + file);
    }
    Path part = target.resolveSibling("." + name + ".part");
    try {
      MonthRun.Totals totals = writePart(month, part, name.toString().endsWith(".gz"), progress);
      long bytes = Files.size(part);
      if (replace) {
        replace(part, target);
      } else {
        Files.move(part, target);
      }
      return new SyntheticFile(
          month.lines(), bytes, totals.uncompressedBytes(), totals.droppedLines());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private MonthRun.Totals writePart(
      SyntheticMonth month, Path part, boolean gzip, LongConsumer progress) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES)) {
      ExecutorService workers = Executors.newFixedThreadPool(threads);
      try (LineSink sink =
          gzip ? new GzipSink(file, workers, threads * AHEAD) : new PlainSink(file)) {
        MonthRun run = new MonthRun(month, workers, threads * AHEAD);
        MonthRun.Totals totals = run.writeTo(sink, progress);
        sink.finish();
        return totals;
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private static void replace(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
