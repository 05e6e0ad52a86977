package fr.opendamir.api.http;

import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Callers;
import fr.opendamir.access.Grant;
import fr.opendamir.answer.AnswerSource;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Requests that are refused before any filter sees them, since they are no HTTP, or longer than the
 * server reads: counted and limited as the others, by the network that they come from. Behind a
 * trusted proxy that may be the proxy's own, as the header that names another may not have been
 * read; no other request is charged to it.
 */
@ApplicationScoped
class UnseenRequests {
  /** Netty makes handlers of connections without beans. */
  private static volatile UnseenRequests current;

  private final AccessConfig config;
  private final Callers callers;
  private final Allowances allowances;
  private final RequestMetrics metrics;

  UnseenRequests(
      AccessConfig config, Callers callers, Allowances allowances, RequestMetrics metrics) {
    this.config = config;
    this.callers = callers;
    this.allowances = allowances;
    this.metrics = metrics;
  }

  void register(@Observes Filters filters) {
    current = this;
  }

  /**
   * Counts one.
   *
   * @return why it is refused with 429, where the caller has no request left
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
    SocketAddress peer = request.remoteAddress();
    Caller network =
        callers.anonymous(peer == null ? null : peer.hostAddress(), request.headers()::getAll);
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
