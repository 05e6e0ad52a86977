package fr.opendamir.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies that say that they are too long, before any of them is read. Those that do not say
 * how long they are are stopped by the server at the same length, with the status alone. {@code
 * /graphql} has a limit of its own.
 */
@ApplicationScoped
class LongBody {
  private static final String GRAPHQL = "/graphql";
  private static final Pattern ALL_DIGITS = Pattern.compile("[0-9]{1,18}");

  /** After the caller is known, so that what is refused is counted and limited. */
  private static final int PRIORITY = 770;

  private final long longest;

  LongBody(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longest) {
    this.longest = longest.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || isShort(length) || GRAPHQL.equals(context.request().path())) {
      context.next();
      return;
    }
    // Nobody reads the rest, so that no further request can follow it.
    closeAfter(context);
    ProblemResponse.write(
        context, ProblemMappers.problems(context).of(ProblemType.REQUEST_TOO_LARGE));
  }

  /** HTTP/2 has no such header, and no request follows another there. */
  static void closeAfter(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private boolean isShort(String length) {
    return ALL_DIGITS.matcher(length).matches() && Long.parseLong(length) <= longest;
  }
}
