package fr.opendamir.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as sent to clients: uncompressed, and compressed after the first request for gzip. The
 * compressed bytes are stored, because compressing a large page takes longer than writing it. The
 * arrays are shared and must not be modified.
 */
public final class EncodedAnswer implements Answer {
  private static final int HEADER_BYTES = 200;

  /** Assumed compression ratio; rows of figures usually compress to a fifth. */
  private static final int USUAL_COMPRESSION = 4;

  private final String tag;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] identity;
  private final long units;
  private final boolean isCompressible;
  private volatile byte[] gzip;

  private EncodedAnswer(
      String tag,
      List<Map.Entry<String, String>> headers,
      byte[] identity,
      long units,
      boolean isCompressible) {
    this.units = units;
    this.isCompressible = isCompressible;
    this.tag = tag;
    this.headers = List.copyOf(headers);
    this.identity = identity;
  }

  /**
   * Creates an answer from a body.
   *
   * @param tag the entity tag without content coding, in quotes
   * @param headers all headers except {@code ETag} and those that depend on the request
   * @param units the price
   */
  public static EncodedAnswer of(
      String tag, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    return new EncodedAnswer(tag, headers, body, units, true);
  }

  /** Creates an answer from a body, as its key says. */
  public static EncodedAnswer of(
      AnswerKey key, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    return new EncodedAnswer(key.tag(), headers, body, units, key.isCompressible());
  }

  @Override
  public boolean isCompressible() {
    return isCompressible;
  }

  /** The price in units for every client that receives it. */
  public long units() {
    return units;
  }

  public String tag() {
    return tag;
  }

  public List<Map.Entry<String, String>> headers() {
    return headers;
  }

  public byte[] body(boolean compressed) {
    if (!compressed) {
      return identity;
    }
    byte[] known = gzip;
    if (known == null) { // two concurrent requests may both compress; the bytes are equal
      known = compress(identity);
      gzip = known;
    }
    return known;
  }

  /**
   * The entity tag of one content coding. A strong tag identifies bytes, so each coding has its
   * own.
   */
  public static String tag(String tag, boolean compressed) {
    return compressed ? tag.substring(0, tag.length() - 1) + "-gzip\"" : tag;
  }

  /** The size in the cache, in bytes; always includes an estimate of the compressed bytes. */
  int weight() {
    int compressed = isCompressible ? identity.length / USUAL_COMPRESSION : 0;
    return identity.length + compressed + HEADER_BYTES * headers.size();
  }

  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return compressed.toByteArray();
  }
}
