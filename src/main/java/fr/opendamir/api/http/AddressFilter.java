package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rewrites the address of every request to the form that {@link WrittenAddress} defines, for all
 * later handlers, and rejects addresses that cannot be read.
 *
 * <p>The HTTP server itself would reject malformed addresses with an empty response. The system
 * property {@code vertx.disableURIValidation}, set before the service starts, turns its check off.
 */
@ApplicationScoped
class AddressFilter {
  /** Number of parameters after which libraries ignore the rest. */
  static final int MOST_PARAMETERS = 1000;

  /**
   * First filter: rewriting an address restarts routing, which discards what earlier filters did.
   */
  private static final int FIRST = 2000;

  /**
   * Runs after the caller is identified, so that rejected requests are counted and rate limited.
   */
  private static final int REFUSALS = 700;

  private static final String DONE = AddressFilter.class.getName();

  void register(@Observes Filters filters) {
    filters.register(AddressFilter::write, FIRST);
    filters.register(AddressFilter::refuse, REFUSALS);
  }

  private static void write(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (context.get(DONE) == null && !LongAddress.isTooLong(request)) {
      context.put(DONE, true);
      String path = WrittenAddress.path(request.path());
      String query = WrittenAddress.query(request.query());
      HttpMethod method = HeadRequest.answered(context);
      if (!path.equals(request.path())
          || !Objects.equals(query, request.query())
          || !method.equals(request.method())) {
        context.reroute(method, query == null ? path : path + "?" + query);
        return;
      }
    }
    context.next();
  }

  private static void refuse(RoutingContext context) {
    HttpServerRequest request = context.request();
    String query = request.query() == null ? "" : request.query();
    if (!WrittenAddress.isText(request.path()) || !WrittenAddress.isText(query)) {
      refuse(
          context,
          new Label(
              "l'adresse n'est pas en UTF-8 : é s'écrit %C3%A9",
              "the address is not in UTF-8: é is written %C3%A9"));
    } else if (query.length() > MOST_PARAMETERS
        && query.chars().filter(character -> character == '&').count() >= MOST_PARAMETERS) {
      refuse(
          context,
          new Label(
              "plus de %d paramètres ; écrire des listes : region=11,84".formatted(MOST_PARAMETERS),
              "more than %d parameters; write lists: region=11,84".formatted(MOST_PARAMETERS)));
    } else {
      context.next();
    }
  }

  private static void refuse(RoutingContext context, Label reason) {
    Problems problems = ProblemMappers.problems(context);
    ProblemResponse.write(
        context,
        problems.of(
            ProblemType.REQUEST_REFUSED, reason.in(problems.language()), List.of(), Map.of()));
  }
}
