package fr.opendamir.api.http;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Writes encoded answers to the HTTP response, independently of any framework layer above. */
public final class EncodedResponse {
  private EncodedResponse() {}

  /** Writes 304, or 200 with a body. Responses to HEAD have no body. */
  public static void write(RoutingContext context, Answer answer) {
    write(context, answer, ContentCoding.isGzip(context.request(), answer));
  }

  /** Writes an answer with the given coding, regardless of what the client accepts. */
  public static void write(RoutingContext context, Answer answer, boolean compressed) {
    if (answer instanceof EncodedAnswer encoded) {
      writeBody(context, encoded, compressed);
    } else {
      writeUnchanged(context, ((Answer.NotModified) answer).key(), compressed);
    }
  }

  private static void writeBody(RoutingContext context, EncodedAnswer answer, boolean compressed) {
    HttpServerResponse response = context.response();
    byte[] body = answer.body(compressed);
    add(response, answer.headers());
    response.putHeader("ETag", EncodedAnswer.tag(answer.tag(), compressed));
    // Always set; otherwise Vert.x would compress the body again.
    response.putHeader("Content-Encoding", compressed ? "gzip" : "identity");
    response.putHeader("Content-Length", String.valueOf(body.length));
    var unused = response.end(shared(body)); // the server drops the body for HEAD
  }

  /** Wraps the bytes without copying them. */
  @SuppressWarnings("deprecation") // no replacement in this version
  public static Buffer shared(byte[] body) {
    return Buffer.buffer(Unpooled.wrappedBuffer(body));
  }

  private static void writeUnchanged(
      RoutingContext context, AnswerKey unchanged, boolean compressed) {
    HttpServerResponse response = context.response();
    response.setStatusCode(304);
    response.putHeader("ETag", EncodedAnswer.tag(unchanged.tag(), compressed));
    response.putHeader("Vary", CacheHeaders.VARY);
    add(response, unchanged.caching());
    var unused = response.end();
  }

  private static void add(HttpServerResponse response, List<Map.Entry<String, String>> headers) {
    headers.forEach(header -> response.headers().add(header.getKey(), header.getValue()));
  }
}
