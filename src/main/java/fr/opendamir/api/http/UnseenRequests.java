package fr.opendamir.api.http;

import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.answer.AnswerSource;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Counts and limits requests that the server rejects before any filter, because they are malformed
 * HTTP or too long. They are charged to the network of their sender. Behind a trusted proxy this
 * may be the proxy's own network, because the forwarding header may not have been read; no other
 * request is charged to it.
 */
@ApplicationScoped
class UnseenRequests {
  /** Static because Netty creates connection handlers without CDI. */
  private static volatile UnseenRequests current;

  private final AccessConfig config;
  private final RequestCallers callers;
  private final Allowances allowances;
  private final RequestMetrics metrics;

  UnseenRequests(
      AccessConfig config, RequestCallers callers, Allowances allowances, RequestMetrics metrics) {
    this.config = config;
    this.callers = callers;
    this.allowances = allowances;
    this.metrics = metrics;
  }

  void register(@Observes Filters filters) {
    current = this;
  }

  /**
   * Counts a request.
   *
   * @return the refusal for a response with 429 if the network has no request left
   */
  static Optional<Grant> count(HttpServerRequest request) {
    UnseenRequests known = current;
    return known == null ? Optional.empty() : known.take(request);
  }

  private Optional<Grant> take(HttpServerRequest request) {
    if (!config.enabled()) {
      observe(CallerFilter.UNLIMITED, Outcome.CLIENT_ERROR);
      return Optional.empty();
    }
    Caller network = callers.network(request);
    Grant grant = allowances.takeRequest(network);
    observe(
        network.plan().name(), grant.isGranted() ? Outcome.CLIENT_ERROR : Outcome.REFUSED_QUOTA);
    return grant.isGranted() ? Optional.empty() : Optional.of(grant);
  }

  private void observe(String plan, Outcome outcome) {
    metrics.begin(Door.OTHER);
    metrics.count(Door.OTHER, plan, outcome, AnswerSource.NONE, 0, 0);
  }
}
