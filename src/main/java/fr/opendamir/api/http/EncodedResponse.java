package fr.opendamir.api.http;

import fr.opendamir.answer.EncodedAnswer;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Writes encoded answers to HTTP, below every other layer. */
public final class EncodedResponse {
  private EncodedResponse() {}

  /** Writes 200 with a body, or without one where HEAD is asked. */
  public static void write(RoutingContext context, EncodedAnswer answer, boolean compressed) {
    HttpServerResponse response = context.response();
    byte[] body = answer.body(compressed);
    add(response, answer.headers());
    response.putHeader("ETag", EncodedAnswer.tag(answer.tag(), compressed));
    // Said in any case: the server would else compress what is not.
    response.putHeader("Content-Encoding", compressed ? "gzip" : "identity");
    response.putHeader("Content-Length", String.valueOf(body.length));
    var unused = response.end(shared(body)); // of which the server sends nothing to HEAD
  }

  /** The bytes themselves, without a copy. */
  @SuppressWarnings("deprecation") // the only way in this version
  public static Buffer shared(byte[] body) {
    return Buffer.buffer(Unpooled.wrappedBuffer(body));
  }

  /**
   * Writes 304.
   *
   * @param tag without content coding
   * @param cacheHeaders how long the answer may be kept
   */
  public static void notModified(
      RoutingContext context,
      String tag,
      boolean compressed,
      List<Map.Entry<String, String>> cacheHeaders) {
    HttpServerResponse response = context.response();
    response.setStatusCode(304);
    response.putHeader("ETag", EncodedAnswer.tag(tag, compressed));
    response.putHeader("Vary", CacheHeaders.VARY);
    add(response, cacheHeaders);
    var unused = response.end();
  }

  private static void add(HttpServerResponse response, List<Map.Entry<String, String>> headers) {
    headers.forEach(header -> response.headers().add(header.getKey(), header.getValue()));
  }
}
