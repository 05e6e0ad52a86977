package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Converts failures below the resources to problems. Replaces the server's own error pages, which
 * have other formats and may disclose more.
 */
@ApplicationScoped
class UnhandledFailures {
  private static final Logger LOG = Logger.getLogger(UnhandledFailures.class);

  /**
   * After all routes that handle their own failures, and before the server's handler, which is
   * last.
   */
  private static final int ORDER = 100_000;

  void register(@Observes Router router) {
    router.route().order(ORDER).failureHandler(UnhandledFailures::handle);
  }

  private static void handle(RoutingContext context) {
    if (RequestId.of(context).isEmpty()) { // rejected before any filter: no host or no path
      RequestId.give(context);
      ResponseHeaders.give(context.request());
      Optional<Grant> refusal = UnseenRequests.count(context.request());
      if (refusal.isPresent() && !context.response().ended()) {
        LimitHeaders.write(context.response().headers(), refusal.get());
        ProblemResponse.write(context, ProblemMappers.problems(context).of(refusal.get()));
        return;
      }
    }
    if (context.response().closed()) {
      Exchange.of(context).aborted();
    }
    // Registered again, because reading a body discards the end handlers registered before.
    context.addBodyEndHandler(
        ended -> Exchange.of(context).ended(context.response().getStatusCode()));
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    int status = context.statusCode();
    if (status < 400 || status >= 500) {
      if (context.request().isEnded()) {
        FailureLog.failed(RequestId.of(context), context.failure());
      } else {
        status = 400; // the request broke off or is malformed HTTP
        LOG.infof("request %s is malformed", RequestId.of(context)); // its content is not logged
      }
    }
    if (context.response().headWritten()) {
      // a truncated response must not look complete
      var unused = context.request().connection().close();
      return;
    }
    ProblemResponse.write(
        context, ProblemMappers.problems(context).of(ProblemMappers.type(status)));
  }
}
