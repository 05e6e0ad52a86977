package fr.opendamir.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses bodies, if wanted with an open end: their last bytes can be replaced without
 * compressing the rest again. The compressed bytes of the rest end on a byte boundary; the last
 * bytes follow them uncompressed, in a block of their own (RFC 1951, 3.2.4).
 */
final class GzipBody {
  /** The number of bytes at the end of a body that can be replaced. */
  static final int END = 3;

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int BLOCK_HEAD_BYTES = 5;
  private static final int TRAILER_BYTES = 8;
  private static final byte LAST_BLOCK = 1;

  private GzipBody() {}

  /** Compresses a body. */
  static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = buffer(body);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, BUFFER_BYTES)) {
      gzip.write(body);
    } catch (IOException e) {
      throw cannotFail(e);
    }
    return compressed.toByteArray();
  }

  /** Compresses a body so that its end can be replaced; takes some 13 bytes more. */
  static byte[] compressWithOpenEnd(byte[] body) {
    int kept = kept(body);
    ByteArrayOutputStream compressed = buffer(body);
    int start;
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, BUFFER_BYTES, true)) {
      gzip.write(body, 0, kept);
      gzip.flush();
      start = compressed.size(); // closing appends an end of its own
    } catch (IOException e) {
      throw cannotFail(e);
    }
    return join(
        compressed.toByteArray(), start, body, kept, Arrays.copyOfRange(body, kept, body.length));
  }

  private static ByteArrayOutputStream buffer(byte[] body) {
    return new ByteArrayOutputStream(body.length / 4 + 64);
  }

  private static UncheckedIOException cannotFail(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }

  /**
   * Replaces the last {@link #END} bytes of a compressed body.
   *
   * @param gzip what {@link #compressWithOpenEnd} returned for the body
   * @param end at most 65,535 bytes
   */
  static byte[] withEnd(byte[] gzip, byte[] body, byte[] end) {
    int kept = kept(body);
    int start = gzip.length - TRAILER_BYTES - (body.length - kept) - BLOCK_HEAD_BYTES;
    return join(gzip, start, body, kept, end);
  }

  /** Number of bytes that are compressed. */
  static int kept(byte[] body) {
    return Math.max(0, body.length - END);
  }

  private static byte[] join(byte[] gzip, int start, byte[] body, int kept, byte[] end) {
    CRC32 checksum = new CRC32();
    checksum.update(body, 0, kept);
    checksum.update(end);
    return ByteBuffer.allocate(start + BLOCK_HEAD_BYTES + end.length + TRAILER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(gzip, 0, start)
        .put(LAST_BLOCK)
        .putShort((short) end.length)
        .putShort((short) ~end.length)
        .put(end)
        .putInt((int) checksum.getValue())
        .putInt(kept + end.length)
        .array();
  }
}
