package fr.opendamir.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * HEAD, which is answered as GET is: whoever answers sees GET, and the server, which knows, sends
 * no body. It leaves out how long that would be and how it would be compressed; this is said here.
 */
public final class HeadRequest {
  private static final String KEY = HeadRequest.class.getName();

  private HeadRequest() {}

  /** The method by which a request is answered. */
  static HttpMethod answered(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.HEAD)) {
      return method;
    }
    context.put(KEY, true);
    return HttpMethod.GET;
  }

  /** Whether nothing but the head of the answer is asked for. */
  public static boolean is(RoutingContext context) {
    return context.get(KEY) != null;
  }

  /** To be called when all else about the head of an answer is said. */
  static void complete(RoutingContext context) {
    HttpServerResponse response = context.response();
    String coding = response.headers().get(HttpHeaders.CONTENT_ENCODING);
    if ("identity".contentEquals(coding == null ? "" : coding)) {
      response.headers().remove(HttpHeaders.CONTENT_ENCODING);
    }
    // What was to be written is counted before the head is.
    long length = response.bytesWritten();
    boolean hasBody = length > 0 || response.headers().contains(HttpHeaders.CONTENT_TYPE);
    if (response.getStatusCode() == 304 || !hasBody) {
      return;
    }
    if (coding == null && ContentCoding.acceptsGzip(context.request())) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      response.headers().remove(HttpHeaders.CONTENT_LENGTH); // which only compressing tells
    } else if (length > 0
        && response.ended() // else this is the first part of a body in chunks
        && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    }
  }
}
