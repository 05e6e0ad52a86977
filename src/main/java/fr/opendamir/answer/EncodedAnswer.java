package fr.opendamir.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as it goes to clients, plain, and compressed once a client asks for that: compressing a
 * large page takes longer than writing it. Its bytes are shared: never change them.
 */
public final class EncodedAnswer implements Answer {
  private static final int HEADER_BYTES = 200;

  /** Rows of figures come down to a fifth; what is counted on is a little more. */
  private static final int USUAL_COMPRESSION = 4;

  private final String tag;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] identity;
  private final long units;
  private volatile byte[] gzip;

  private EncodedAnswer(
      String tag, List<Map.Entry<String, String>> headers, byte[] identity, long units) {
    this.units = units;
    this.tag = tag;
    this.headers = List.copyOf(headers);
    this.identity = identity;
  }

  /**
   * Takes a body.
   *
   * @param tag the entity tag without content coding, in quotes
   * @param headers all but {@code ETag} and what depends on the request
   * @param units its price
   */
  public static EncodedAnswer of(
      String tag, List<Map.Entry<String, String>> headers, byte[] body, long units) {
    return new EncodedAnswer(tag, headers, body, units);
  }

  /** Units that it costs every client that gets it. */
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
    if (known == null) { // two requests at once compress twice, and get the same bytes
      known = compress(identity);
      gzip = known;
    }
    return known;
  }

  /** The entity tag of one of its two codings: a strong tag names bytes. */
  public static String tag(String tag, boolean compressed) {
    return compressed ? tag.substring(0, tag.length() - 1) + "-gzip\"" : tag;
  }

  /** What it takes of the memory of the cache, in bytes, compressed bytes included in any case. */
  int weight() {
    return identity.length + identity.length / USUAL_COMPRESSION + HEADER_BYTES * headers.size();
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
