package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The headers that tell browsers what they may do with an answer, whatever the answer is. Pages
 * that need more replace {@link #CONTENT_POLICY} by a policy of their own.
 *
 * <p>Data may be read by scripts of any origin, without credentials. The same is said to everyone,
 * with or without {@code Origin}: answers are kept by caches, and {@code Vary} is not enlarged.
 */
@ApplicationScoped
public class ResponseHeaders {
  public static final String CONTENT_POLICY = "Content-Security-Policy";

  /** After the request has its id, before all that may answer it. */
  private static final int PRIORITY = 950;

  /** After the request is counted. */
  private static final int PREFLIGHTS = 795;

  private static final CharSequence CONTENT_POLICY_NAME = text(CONTENT_POLICY);
  private static final CharSequence CONTENT_POLICY_OF_DATA =
      text("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence TYPE_OPTIONS = text("X-Content-Type-Options");
  private static final CharSequence NO_SNIFFING = text("nosniff");
  private static final CharSequence REFERRER_POLICY = text("Referrer-Policy");
  private static final CharSequence NO_REFERRER = text("no-referrer");
  private static final CharSequence RESOURCE_POLICY = text("Cross-Origin-Resource-Policy");
  private static final CharSequence CROSS_ORIGIN = text("cross-origin");
  private static final CharSequence SAME_ORIGIN = text("same-origin");
  private static final CharSequence TRANSPORT_SECURITY = text("Strict-Transport-Security");
  private static final CharSequence ONE_YEAR = text("max-age=31536000");
  private static final CharSequence ANY = text("*");
  private static final CharSequence METHODS = text("GET, HEAD, POST");

  private static final CharSequence EXPOSED =
      text(
          String.join(
              ", ",
              List.of(
                  "ETag",
                  "Link",
                  "Allow",
                  "Content-Encoding",
                  "Content-Language",
                  "Content-Length",
                  "Content-Location",
                  "Date",
                  "Last-Modified",
                  "Location",
                  "Vary",
                  "WWW-Authenticate",
                  "RateLimit",
                  "RateLimit-Policy",
                  "X-RateLimit-Limit",
                  "X-RateLimit-Remaining",
                  "X-RateLimit-Reset",
                  "Retry-After",
                  "X-Release",
                  "X-Request-Id",
                  "Deprecation",
                  "Sunset")));

  private static final CharSequence ACCEPTED =
      text(
          String.join(
              ", ",
              List.of(
                  "Accept",
                  "Accept-Language",
                  "Authorization",
                  "Cache-Control",
                  "Content-Type",
                  "If-Modified-Since",
                  "If-None-Match",
                  "Pragma",
                  "X-API-Key",
                  "X-Request-Id",
                  "X-Requested-With",
                  // of clients of GraphQL
                  "Apollographql-Client-Name",
                  "Apollographql-Client-Version",
                  "Apollo-Require-Preflight",
                  "GraphQL-Require-Preflight",
                  "X-Apollo-Operation-Id",
                  "X-Apollo-Operation-Name",
                  // of traces
                  "Traceparent",
                  "Tracestate",
                  "Baggage",
                  "B3",
                  "X-B3-TraceId",
                  "X-B3-SpanId",
                  "X-B3-ParentSpanId",
                  "X-B3-Sampled",
                  "Sentry-Trace",
                  "X-Correlation-Id",
                  // and whatever else they send: nothing is done with it, and there are no cookies
                  "*")));

  /** Seconds; browsers ask again after two hours at the latest, some after ten minutes. */
  private static final CharSequence A_DAY = text("86400");

  void register(@Observes Filters filters) {
    filters.register(ResponseHeaders::handle, PRIORITY);
    filters.register(ResponseHeaders::answerPreflight, PREFLIGHTS);
  }

  private static void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (HeadRequest.is(context)) {
      context.addHeadersEndHandler(ignored -> HeadRequest.complete(context));
    }
    give(request);
    context.next();
  }

  /** Gives an answer its headers. */
  static void give(HttpServerRequest request) {
    MultiMap headers = request.response().headers();
    headers.set(TYPE_OPTIONS, NO_SNIFFING);
    headers.set(REFERRER_POLICY, NO_REFERRER);
    headers.set(CONTENT_POLICY_NAME, CONTENT_POLICY_OF_DATA);
    if ("https".equals(request.scheme())) {
      headers.set(TRANSPORT_SECURITY, ONE_YEAR);
    }
    if (isPage(request.path())) {
      headers.set(RESOURCE_POLICY, SAME_ORIGIN);
    } else {
      headers.set(RESOURCE_POLICY, CROSS_ORIGIN);
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
      headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  /** Whatever is no page is data, or tells what is wrong with an address: scripts read both. */
  private static boolean isPage(String path) {
    return path != null
        && (path.equals("/") || path.equals("/graphiql") || path.startsWith("/graphiql/"));
  }

  /**
   * Whether a browser asks on its own account what a page may ask. That is answered for every
   * address but pages, whether it exists or not.
   */
  static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && !isPage(request.path())
        && request.getHeader(HttpHeaders.ORIGIN) != null
        && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
  }

  private static void answerPreflight(RoutingContext context) {
    if (!isPreflight(context.request())) {
      context.next();
      return;
    }
    context
        .response()
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    var unused = context.response().end();
  }

  private static CharSequence text(String value) {
    return HttpHeaders.createOptimized(value);
  }
}
