package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes caller-specific headers, the rate limits and the request id, from answers that a shared
 * cache may serve to others. A shared cache announces itself by {@code Via} or {@code CDN-Loop}, or
 * is configured: ADR 27.
 */
@ApplicationScoped
class SharedCaches {
  /**
   * Handlers for the end of headers run in reverse order of registration, so this one runs last.
   */
  private static final int PRIORITY = 1050;

  private static final List<String> OF_CALLER =
      Stream.concat(LimitHeaders.NAMES.stream(), Stream.of(RequestId.HEADER)).toList();

  private final boolean isAlwaysThere;

  SharedCaches(HttpConfig config) {
    this.isAlwaysThere = config.sharedCache();
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    MultiMap headers = context.request().headers();
    if (isAlwaysThere || headers.contains("Via") || headers.contains("CDN-Loop")) {
      context.addHeadersEndHandler(ignored -> remove(context.response()));
    }
    context.next();
  }

  private static void remove(HttpServerResponse response) {
    String caching = response.headers().get(HttpHeaders.CACHE_CONTROL);
    if (caching != null && caching.contains("public")) {
      OF_CALLER.forEach(response.headers()::remove);
    }
  }
}
