package fr.opendamir.testing;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that take the usual way through the filters. */
@ApplicationScoped
public class PassedFilters {
  /** After the address was rewritten, before the caller is identified. */
  private static final int PRIORITY = 1500;

  private final AtomicLong requests = new AtomicLong();

  void register(@Observes Filters filters) {
    filters.register(
        context -> {
          requests.incrementAndGet();
          context.next();
        },
        PRIORITY);
  }

  /** The number of requests since the service started. */
  public long count() {
    return requests.get();
  }
}
