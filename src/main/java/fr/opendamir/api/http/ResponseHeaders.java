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
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Response headers for browsers that configuration cannot express. Headers common to all responses
 * are set by the filter {@code answers} in {@code application.properties}; this class handles the
 * exceptions: pages, TLS, preflights, and responses to requests that never reach the router.
 */
@ApplicationScoped
public class ResponseHeaders {
  public static final String CONTENT_POLICY = "Content-Security-Policy";

  private static final String SETTINGS = "quarkus.http.filter.answers.header";

  /** Runs once the request has an id, before any handler that answers. */
  private static final int PRIORITY = 950;

  /** Runs after the request is counted. */
  private static final int PREFLIGHTS = 795;

  /**
   * Headers are listed by name for browsers that do not support the asterisk. The asterisk allows
   * all other headers: the service ignores them and uses no cookies.
   */
  private static final CharSequence ACCEPTED =
      HttpHeaders.createOptimized(
          "Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-Modified-Since,"
              + " If-None-Match, If-Range, Pragma, Range, X-API-Key, X-Request-Id,"
              + " X-Requested-With,"
              // GraphQL clients
              + " Apollographql-Client-Name, Apollographql-Client-Version,"
              + " Apollo-Require-Preflight, GraphQL-Require-Preflight, X-Apollo-Operation-Id,"
              + " X-Apollo-Operation-Name,"
              // tracing
              + " Traceparent, Tracestate, Baggage, B3, X-B3-TraceId, X-B3-SpanId,"
              + " X-B3-ParentSpanId, X-B3-Sampled, Sentry-Trace, X-Correlation-Id, *");

  private static final Set<String> PAGES = Set.of("/", "/docs", "/explore", "/graphiql");

  /** Static because Netty creates connection handlers without CDI. */
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

  /** Sets the headers of a response to a request that did not reach the router. */
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
    if (isAnswer(request.path())) {
      headers.set("X-Robots-Tag", "noindex");
    }
  }

  /** Whether search engines leave it out: an answer, and not a page or a document for people. */
  private static boolean isAnswer(String path) {
    return path != null
        && Door.of(path) != Door.OTHER
        && Door.of(path) != Door.OPENAPI
        && !path.equals("/v1/disclosure/methodology");
  }

  /**
   * Whether the path is a page. Scripts of other origins may read everything that is not a page,
   * including problems.
   */
  private static boolean isPage(String path) {
    return path != null
        && (PAGES.contains(path) || path.startsWith("/graphiql/") || path.startsWith("/assets/"));
  }

  /**
   * Whether a request is a CORS preflight. Preflights are answered for every address except pages.
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
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED)
        // One day, in seconds; browsers limit it to two hours or less.
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    var unused = context.response().end();
  }
}
