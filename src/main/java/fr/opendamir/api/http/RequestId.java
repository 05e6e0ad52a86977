package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives every request an id, taken from {@code X-Request-Id} when the caller sent a plausible one,
 * and returns it in the same header so that an answer can be found in the logs.
 */
@ApplicationScoped
public class RequestId {
  static final String HEADER = "X-Request-Id";
  private static final String LOG_FIELD = "requestId";
  private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final int PRIORITY = 1000;

  void register(@Observes Filters filters) {
    filters.register(RequestId::handle, PRIORITY);
  }

  private static void handle(RoutingContext context) {
    give(context);
    context.next();
  }

  /** Gives a request its id. */
  static void give(RoutingContext context) {
    String sent = context.request().getHeader(HEADER);
    String id =
        sent != null && PLAUSIBLE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    context.put(HEADER, id);
    // Goes with the context of the request, wherever that is continued: into each of its lines.
    MDC.put(LOG_FIELD, id);
    context.response().putHeader(HEADER, id);
  }

  /** The id of a request that has passed the filter. */
  public static String of(RoutingContext context) {
    String id = context.get(HEADER);
    return id == null ? "" : id;
  }
}
