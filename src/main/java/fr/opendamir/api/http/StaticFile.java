package fr.opendamir.api.http;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A file from the jar that a page needs, read and compressed once at start-up: compressing an
 * editor takes longer than any free answer may.
 */
public final class StaticFile {
  private final EncodedAnswer answer;
  private final AnswerKey key;
  private final boolean isText;

  private StaticFile(EncodedAnswer answer, String cacheControl, boolean isText) {
    this.answer = answer;
    this.key = new AnswerKey(answer.tag(), List.of(Map.entry("Cache-Control", cacheControl)));
    this.isText = isText;
    if (isText) {
      answer.body(true);
    }
  }

  /**
   * Reads a file.
   *
   * @param owner the class that the path is relative to
   * @param resource path of the file
   * @param type media type
   * @param cacheControl value of {@code Cache-Control}
   */
  public static StaticFile of(Class<?> owner, String resource, String type, String cacheControl) {
    return of(resource, read(owner, resource), type, cacheControl);
  }

  /**
   * A file with a content that was read before.
   *
   * @param name part of its tag
   */
  public static StaticFile of(String name, byte[] body, String type, String cacheControl) {
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", type),
            Map.entry("Cache-Control", cacheControl),
            Map.entry("Vary", "Accept-Encoding"));
    String tag = EntityTag.of(name, new String(body, StandardCharsets.ISO_8859_1));
    return new StaticFile(
        EncodedAnswer.of(tag, headers, body, 0), cacheControl, !type.startsWith("image/"));
  }

  /** Sends the file, or 304. */
  public void send(RoutingContext context) {
    boolean isCompressed = isText && ContentCoding.acceptsGzip(context.request());
    boolean isUnchanged = Exchange.conditional(context).isUnchanged().test(key);
    EncodedResponse.write(
        context, isUnchanged ? new Answer.NotModified(key) : answer, isCompressed);
  }

  /**
   * Reads a file from the jar.
   *
   * @throws IllegalStateException if the build left it out
   */
  public static byte[] read(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
