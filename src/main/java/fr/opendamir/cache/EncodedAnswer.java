package fr.opendamir.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as it goes to readers, plain and compressed. Its bytes are shared: never change them.
 */
public final class EncodedAnswer {
  private static final int HEADER_BYTES = 200;

  private final String tag;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] identity;
  private final byte[] gzip;
  private final long units;

  private EncodedAnswer(
      String tag,
      List<Map.Entry<String, String>> headers,
      byte[] identity,
      byte[] gzip,
      long units) {
    this.tag = tag;
    this.headers = List.copyOf(headers);
    this.identity = identity;
    this.gzip = gzip;
    this.units = units;
  }

  /**
   * Compresses a body.
   *
   * @param tag the entity tag without content coding, in quotes
   * @param headers all but {@code ETag} and what depends on the request
   * @param units its price
   */
  public static EncodedAnswer of(
      String tag, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return new EncodedAnswer(tag, headers, body, compressed.toByteArray(), units);
  }

  public String tag() {
    return tag;
  }

  public List<Map.Entry<String, String>> headers() {
    return headers;
  }

  public byte[] body(boolean compressed) {
    return compressed ? gzip : identity;
  }

  /** What it costs whoever gets it, worked out or kept. */
  public long units() {
    return units;
  }

  /** The entity tag of one of its two codings: a strong tag names bytes. */
  public static String tag(String tag, boolean compressed) {
    return compressed ? tag.substring(0, tag.length() - 1) + "-gzip\"" : tag;
  }

  /** What it takes of the memory of the cache, in bytes. */
  int weight() {
    return identity.length + gzip.length + HEADER_BYTES * headers.size();
  }
}
