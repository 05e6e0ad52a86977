package fr.opendamir.api.graphql;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.Exchange;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A file from the jar, read and compressed once at start-up: compressing the editor takes longer
 * than any free answer may.
 */
final class StaticFile {
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
   * @param resource path relative to this class
   * @param type media type
   * @param cacheControl value of {@code Cache-Control}
   */
  static StaticFile of(String resource, String type, String cacheControl) {
    byte[] body = read(resource);
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", type),
            Map.entry("Cache-Control", cacheControl),
            Map.entry("Vary", "Accept-Encoding"));
    String tag = EntityTag.of(resource, new String(body, StandardCharsets.ISO_8859_1));
    return new StaticFile(
        EncodedAnswer.of(tag, headers, body, 0), cacheControl, !type.startsWith("image/"));
  }

  /** Sends the file, or 304. */
  void send(RoutingContext context) {
    boolean isCompressed = isText && ContentCoding.acceptsGzip(context.request());
    boolean isUnchanged = Exchange.conditional(context).isUnchanged().test(key);
    EncodedResponse.write(
        context, isUnchanged ? new Answer.NotModified(key) : answer, isCompressed);
  }

  private static byte[] read(String resource) {
    try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
