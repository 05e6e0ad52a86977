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
 * Rejects requests whose {@code Content-Length} exceeds the limit, before the body is read. Chunked
 * bodies are cut off by the server at the same size, with no problem body. {@code /graphql} has its
 * own limit.
 */
@ApplicationScoped
class LongBody {
  private static final String GRAPHQL = "/graphql";
  private static final Pattern ALL_DIGITS = Pattern.compile("[0-9]{1,18}");

  /**
   * Runs after the caller is identified, so that rejected requests are counted and rate limited.
   */
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
    // The rest of the body is not read, so the connection cannot carry another request.
    closeAfter(context);
    ProblemResponse.write(
        context, ProblemMappers.problems(context).of(ProblemType.REQUEST_TOO_LARGE));
  }

  /**
   * Closes the connection after the response. HTTP/2 does not need this: each request has its own
   * stream.
   */
  static void closeAfter(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private boolean isShort(String length) {
    return ALL_DIGITS.matcher(length).matches() && Long.parseLong(length) <= longest;
  }
}
