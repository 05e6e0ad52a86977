package fr.opendamir.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
  private final boolean hasOpenEnd;
  private volatile byte[] gzip;

  private EncodedAnswer(
      String tag,
      List<Map.Entry<String, String>> headers,
      byte[] identity,
      long units,
      boolean isCompressible,
      boolean hasOpenEnd) {
    this.units = units;
    this.isCompressible = isCompressible;
    this.hasOpenEnd = hasOpenEnd;
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
    return new EncodedAnswer(tag, headers, body, units, true, false);
  }

  /** Creates an answer from a body, as its key says. */
  public static EncodedAnswer of(
      AnswerKey key, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    return new EncodedAnswer(key.tag(), headers, body, units, key.isCompressible(), false);
  }

  /** Creates an answer whose last three bytes can be replaced for each client. */
  public static EncodedAnswer withOpenEnd(
      String tag, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    return new EncodedAnswer(tag, headers, body, units, true, true);
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
      known = hasOpenEnd ? GzipBody.compressWithOpenEnd(identity) : GzipBody.compress(identity);
      gzip = known;
    }
    return known;
  }

  /**
   * The body of an answer with an open end, with another end for one client; unchanged if it ends
   * otherwise. The rest is not compressed again.
   *
   * @param end the three bytes to replace
   * @param other at most 65,535 bytes
   */
  public byte[] body(boolean compressed, byte[] end, byte[] other) {
    if (!hasOpenEnd) {
      throw new IllegalStateException("the end of this answer cannot be replaced");
    }
    int kept = GzipBody.kept(identity);
    if (!Arrays.equals(identity, kept, identity.length, end, 0, end.length)) {
      return body(compressed);
    }
    if (compressed) {
      return GzipBody.withEnd(body(true), identity, other);
    }
    byte[] body = Arrays.copyOf(identity, kept + other.length);
    System.arraycopy(other, 0, body, kept, other.length);
    return body;
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
}
