package fr.opendamir.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Handles HEAD as GET: all handlers see GET, and the server, which sees HEAD, sends no body. The
 * server omits {@code Content-Length} and {@code Content-Encoding}, so this class sets them.
 */
public final class HeadRequest {
  private static final String KEY = HeadRequest.class.getName();

  private HeadRequest() {}

  /** The method that handlers see. */
  static HttpMethod answered(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.HEAD)) {
      return method;
    }
    context.put(KEY, true);
    return HttpMethod.GET;
  }

  /** Whether the request is HEAD. */
  public static boolean is(RoutingContext context) {
    return context.get(KEY) != null;
  }

  /** Completes the headers. Call after all other headers are set. */
  static void complete(RoutingContext context) {
    HttpServerResponse response = context.response();
    String coding = response.headers().get(HttpHeaders.CONTENT_ENCODING);
    if ("identity".contentEquals(coding == null ? "" : coding)) {
      response.headers().remove(HttpHeaders.CONTENT_ENCODING);
    }
    // The bytes of the body are counted before the headers are written.
    long length = response.bytesWritten();
    boolean hasBody = length > 0 || response.headers().contains(HttpHeaders.CONTENT_TYPE);
    if (response.getStatusCode() == 304 || !hasBody) {
      return;
    }
    if (coding == null && ContentCoding.acceptsGzip(context.request())) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      // the compressed length is unknown without compressing
      response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    } else if (length > 0
        && response.ended() // otherwise this is the first chunk of a chunked body
        && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    }
  }
}
