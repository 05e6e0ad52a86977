package fr.opendamir.ingest.synthetic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One gzip member whose blocks are deflated by several threads: each text is deflated on its own up
 * to a byte boundary (sync flush), the parts follow each other, and an empty last block ends the
 * stream (RFC 1951 and 1952).
 */
final class GzipSink implements LineSink {

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final byte[] LAST_BLOCK = {3, 0};

  /** Fast, to keep the pace of the drawing: a quarter of the text remains, a fifth at level 6. */
  private static final int LEVEL = 2;

  private final OutputStream out;
  private final ExecutorService workers;
  private final int window;
  private final Deque<Future<byte[]>> pending = new ArrayDeque<>();
  private final CRC32 checksum = new CRC32();
  private long size;

  /** Keeps at most {@code window} texts waiting. */
  GzipSink(OutputStream out, ExecutorService workers, int window) throws IOException {
    this.out = out;
    this.workers = workers;
    this.window = window;
    out.write(HEADER);
  }

  @Override
  public void write(byte[] text, int length) throws IOException {
    checksum.update(text, 0, length);
    size += length;
    pending.add(workers.submit(() -> deflated(text, length)));
    while (pending.size() > window) {
      out.write(Pending.get(pending.remove()));
    }
  }

  @Override
  public void finish() throws IOException {
    while (!pending.isEmpty()) {
      out.write(Pending.get(pending.remove()));
    }
    out.write(LAST_BLOCK);
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt((int) checksum.getValue()).putInt((int) size);
    out.write(trailer.array());
    out.flush();
  }

  private static byte[] deflated(byte[] text, int length) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(text, 0, length);
      ByteArrayOutputStream deflated = new ByteArrayOutputStream(length / 5);
      byte[] buffer = new byte[1 << 16];
      int count;
      do {
        count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        deflated.write(buffer, 0, count);
      } while (count == buffer.length);
      return deflated.toByteArray();
    } finally {
      deflater.end();
    }
  }

  @Override
  public void close() {
    pending.forEach(future -> future.cancel(true));
  }
}
