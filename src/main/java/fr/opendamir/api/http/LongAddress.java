package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Rejects addresses that are too long and points to POST. */
@ApplicationScoped
public class LongAddress {
  /** Maximum characters of an address, including its parameters. */
  public static final int LONGEST = 16_384;

  /**
   * Runs after the caller is identified, so that rejected requests are counted and rate limited.
   */
  private static final int PRIORITY = 780;

  void register(@Observes Filters filters) {
    filters.register(LongAddress::handle, PRIORITY);
  }

  /** Whether the address is too long; then only its path may be read. */
  static boolean isTooLong(HttpServerRequest request) {
    return request.uri().length() > LONGEST;
  }

  private static void handle(RoutingContext context) {
    if (!isTooLong(context.request())) {
      context.next();
      return;
    }
    ProblemResponse.write(context, ProblemMappers.problems(context).of(ProblemType.URI_TOO_LONG));
  }

  /** Truncates a path to the length that may be echoed. */
  static String cut(String path) {
    return path == null || path.length() <= LONGEST ? path : path.substring(0, LONGEST);
  }
}
