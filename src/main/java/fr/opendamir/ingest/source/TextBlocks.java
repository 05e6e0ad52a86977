package fr.opendamir.ingest.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The text of a file behind its header. A thread of its own reads and inflates it and finds where
 * fields end, while the consumer parses the blocks before. Closing stops the thread.
 */
final class TextBlocks implements AutoCloseable {
  private static final int AHEAD = 4;

  private final MonthlyFile file;
  private final BlockingQueue<TextBlock> free = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<TextBlock> filled = new ArrayBlockingQueue<>(AHEAD);
  private final byte[] held = new byte[TextBlock.LONGEST_LINE];
  private final Thread thread;
  private int heldLength;
  private long bytesRead;

  TextBlocks(MonthlyFile file) {
    this.file = file;
    for (int i = 0; i < AHEAD; i++) {
      free.add(new TextBlock());
    }
    thread = new Thread(this::readAll, "inflate");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Returns the next block, in order; the last one has {@link TextBlock#isLast}.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  TextBlock next() throws InterruptedIOException {
    try {
      return filled.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Returns a block that is no longer used. */
  void release(TextBlock block) {
    free.add(block);
  }

  private void readAll() {
    try (PackedStream in = file.open()) {
      boolean more = fill(in, true);
      while (more) {
        more = fill(in, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (IOException | RuntimeException | Error e) {
      // Such as a stream that cannot be opened, or closed after its end: the consumer reports why.
      deliverFailure(e);
    }
  }

  private void deliverFailure(Throwable failure) {
    try {
      TextBlock block = free.take();
      block.length = 0;
      deliver(block, true, Optional.of(failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads one block; returns whether more follow. */
  private boolean fill(PackedStream in, boolean first) throws InterruptedException {
    TextBlock block = free.take();
    System.arraycopy(held, 0, block.text, 0, heldLength);
    block.length = heldLength;
    heldLength = 0;
    Optional<Throwable> failure = Optional.empty();
    boolean atEnd = false;
    try {
      atEnd = readInto(block, in);
      if (first) {
        skipHeader(block);
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = Optional.of(e);
    }
    boolean isLast = atEnd || failure.isPresent();
    if (!isLast || failure.isPresent()) {
      keepIncompleteLine(block);
    }
    deliver(block, isLast, failure);
    return !isLast;
  }

  /** Fills a block; returns whether the text ends in it. */
  private boolean readInto(TextBlock block, PackedStream in) throws IOException {
    while (!block.isFull()) {
      int read = in.read(block.text, block.length, TextBlock.LONGEST_LINE - block.length);
      if (read < 0) {
        return true;
      }
      block.length += read;
      bytesRead = in.bytesRead();
    }
    return false;
  }

  private static void skipHeader(TextBlock block) {
    int start = 0;
    while (start < block.length && block.text[start] != '\n') {
      start++;
    }
    start = Math.min(start + 1, block.length);
    block.length -= start;
    System.arraycopy(block.text, start, block.text, 0, block.length);
  }

  /** Moves the beginning of a line at the end of a block to the next block. */
  private void keepIncompleteLine(TextBlock block) {
    int end = block.length;
    while (end > 0 && block.text[end - 1] != '\n') {
      end--;
    }
    if (end > 0 || !block.isFull()) {
      heldLength = block.length - end;
      System.arraycopy(block.text, end, held, 0, heldLength);
      block.length = end;
    }
  }

  private void deliver(TextBlock block, boolean isLast, Optional<Throwable> failure)
      throws InterruptedException {
    block.found.find(block.text, block.length);
    block.isLast = isLast;
    block.bytesRead = bytesRead;
    block.failure = failure;
    filled.put(block);
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
