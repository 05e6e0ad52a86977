package fr.opendamir.ingest.synthetic;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * One month on its way to a sink: workers draw chunks ahead, the calling thread takes them in
 * order, drops repeated lines and stops at the wanted number.
 */
final class MonthRun {

  /** So many chunks in a row without a new line mean that the model has no more to give. */
  private static final int FRUITLESS_CHUNKS = 50;

  /**
   * What came out.
   *
   * @param uncompressedBytes header and lines
   * @param droppedLines repeated lines left out
   */
  record Totals(long uncompressedBytes, long droppedLines) {}

  private final SyntheticMonth month;
  private final ExecutorService workers;
  private final int window;
  private final Deque<Future<LineChunk>> drawn = new ArrayDeque<>();
  private final LineRenderer renderer;
  private final LineModel model;
  private final long seed;
  private long nextChunk;

  /** Keeps at most {@code window} drawn chunks waiting. */
  MonthRun(SyntheticMonth month, ExecutorService workers, int window) {
    this.month = month;
    this.workers = workers;
    this.window = window;
    this.seed = monthSeed(month);
    this.renderer = new LineRenderer(month.layout());
    // Chunks use the seed with a few low bits changed: the pool must not share their numbers.
    this.model = LineModel.of(month, ~seed);
  }

  /** Months of one seed must not be copies of each other. */
  private static long monthSeed(SyntheticMonth month) {
    long index = month.month().getYear() * 12L + month.month().getMonthValue();
    return (month.seed() * 0x9E37_79B9_7F4A_7C15L) ^ (index << 40);
  }

  Totals writeTo(LineSink sink, LongConsumer progress) throws IOException {
    byte[] header = renderer.header();
    sink.write(header, header.length);
    UniqueKeys keys = new UniqueKeys(month.lines());
    long bytes = header.length;
    long lines = 0;
    long dropped = 0;
    int fruitless = 0;
    while (lines < month.lines()) {
      LineChunk chunk = next();
      long wanted = month.lines() - lines;
      int kept = chunk.keepNew(keys, wanted);
      fruitless = kept == 0 ? fruitless + 1 : 0;
      if (fruitless > FRUITLESS_CHUNKS) {
        throw new IllegalStateException("no more distinct lines after " + lines);
      }
      lines += kept;
      bytes += chunk.length();
      dropped += kept < wanted ? LineChunk.LINES - kept : 0;
      sink.write(chunk.bytes(), chunk.length());
      progress.accept(lines);
    }
    drawn.forEach(chunk -> chunk.cancel(true));
    return new Totals(bytes, dropped);
  }

  private LineChunk next() throws IOException {
    while (drawn.size() < window) {
      long chunkSeed = seed ^ nextChunk++;
      drawn.add(workers.submit(() -> LineChunk.draw(model, renderer, chunkSeed)));
    }
    return Pending.get(drawn.remove());
  }
}
