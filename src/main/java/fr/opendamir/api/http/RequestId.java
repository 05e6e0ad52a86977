package fr.opendamir.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Assigns every request an id, taken from a plausible {@code X-Request-Id} or generated, and
 * returns it in the same header so that log lines can be found for an answer.
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

  /** Assigns the id to a request. */
  static void give(RoutingContext context) {
    String id = choose(context.request());
    context.put(HEADER, id);
    // Stored in the request context, so that every log line contains it wherever the request
    // continues.
    MDC.put(LOG_FIELD, id);
    context.response().putHeader(HEADER, id);
  }

  /** The id that a request brings, or a new one. */
  static String choose(HttpServerRequest request) {
    String sent = request.getHeader(HEADER);
    return sent != null && PLAUSIBLE.matcher(sent).matches() ? sent : next();
  }

  /**
   * A random UUID (version 4). It has to be distinct, not secret: the generator of {@link
   * UUID#randomUUID} takes longer than the rest of a cached answer's headers.
   */
  private static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /** The id of a request that has passed the filter. */
  public static String of(RoutingContext context) {
    String id = context.get(HEADER);
    return id == null ? "" : id;
  }
}
