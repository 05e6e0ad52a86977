package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses addresses that are too long, saying that there is POST. */
@ApplicationScoped
public class LongAddress {
  /** Characters, with the parameters. */
  public static final int LONGEST = 16_384;

  /** After the caller is known, so that what is refused is counted and limited. */
  private static final int PRIORITY = 780;

  void register(@Observes Filters filters) {
    filters.register(LongAddress::handle, PRIORITY);
  }

  /** Of such an address nothing but its path is looked at. */
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

  /** As much of a path as is told back. */
  static String cut(String path) {
    return path == null || path.length() <= LONGEST ? path : path.substring(0, LONGEST);
  }
}
