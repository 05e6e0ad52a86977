package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * What settings cannot express about headers for browsers. The headers of all answers are the
 * filter {@code answers} of {@code application.properties}; here are the exceptions: pages, TLS,
 * preflights, and answers to requests that never reach the router.
 */
@ApplicationScoped
public class ResponseHeaders {
  public static final String CONTENT_POLICY = "Content-Security-Policy";

  private static final String SETTINGS = "quarkus.http.filter.answers.header";

  /** After the request has its id, before all that may answer it. */
  private static final int PRIORITY = 950;

  /** After the request is counted. */
  private static final int PREFLIGHTS = 795;

  /**
   * By name for browsers that do not know the asterisk, which stands for any other header: the
   * service ignores those, and there are no cookies.
   */
  private static final CharSequence ACCEPTED =
      HttpHeaders.createOptimized(
          "Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-Modified-Since,"
              + " If-None-Match, Pragma, X-API-Key, X-Request-Id, X-Requested-With,"
              // GraphQL clients
              + " Apollographql-Client-Name, Apollographql-Client-Version,"
              + " Apollo-Require-Preflight, GraphQL-Require-Preflight, X-Apollo-Operation-Id,"
              + " X-Apollo-Operation-Name,"
              // tracing
              + " Traceparent, Tracestate, Baggage, B3, X-B3-TraceId, X-B3-SpanId,"
              + " X-B3-ParentSpanId, X-B3-Sampled, Sentry-Trace, X-Correlation-Id, *");

  /** Netty calls handlers of connections without beans. */
  private static volatile Map<String, String> settings = Map.of();

  void register(@Observes Filters filters, Config config) {
    settings =
        Map.copyOf(
            config.unwrap(SmallRyeConfig.class).getValues(SETTINGS, String.class, String.class));
    filters.register(ResponseHeaders::handle, PRIORITY);
    filters.register(ResponseHeaders::answerPreflight, PREFLIGHTS);
  }

  private static void handle(RoutingContext context) {
    if (HeadRequest.is(context)) {
      context.addHeadersEndHandler(ignored -> HeadRequest.complete(context));
    }
    adapt(context.request());
    context.next();
  }

  /** Sets the headers of an answer to a request that the router did not see. */
  static void give(HttpServerRequest request) {
    settings.forEach(request.response().headers()::set);
    adapt(request);
  }

  private static void adapt(HttpServerRequest request) {
    MultiMap headers = request.response().headers();
    if ("https".equals(request.scheme())) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    if (isPage(request.path())) {
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
      headers.remove(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
    }
  }

  /** Scripts of other origins may read everything else, problems included. */
  private static boolean isPage(String path) {
    return path != null
        && (path.equals("/") || path.equals("/graphiql") || path.startsWith("/graphiql/"));
  }

  /** Whether a browser asks what a script may send. Answered for every address but pages. */
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
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED)
        // Seconds, a day; browsers ask again after two hours at the latest.
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    var unused = context.response().end();
  }
}
