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
 * Lets everything behind it see the address of a request as {@link WrittenAddress} writes it, and
 * refuses addresses that cannot be read.
 *
 * <p>The server below would refuse what is not well formed, with an empty answer; the system
 * property {@code vertx.disableURIValidation}, set before the service starts, keeps it from
 * looking.
 */
@ApplicationScoped
class AddressFilter {
  /** Libraries read so many, and nothing behind them. */
  static final int MOST_PARAMETERS = 1000;

  /** Before all else: what the others do is lost where an address is written anew. */
  private static final int FIRST = 2000;

  /** After the caller is known, so that what is refused is counted and limited. */
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
