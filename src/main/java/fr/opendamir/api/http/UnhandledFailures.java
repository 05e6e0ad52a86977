package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells failures below the resources as problems, in the place of the server's own error pages,
 * which have other forms and may tell more.
 */
@ApplicationScoped
class UnhandledFailures {
  private static final Logger LOG = Logger.getLogger(UnhandledFailures.class);

  /** After all routes that handle their failures; before that of the server, which is the last. */
  private static final int ORDER = 100_000;

  void register(@Observes Router router) {
    router.route().order(ORDER).failureHandler(UnhandledFailures::handle);
  }

  private static void handle(RoutingContext context) {
    if (RequestId.of(context).isEmpty()) { // refused before any filter: no host, or no path
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
    // Said once more: what was to be done at the end is lost where a body was read on the way.
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
        status = 400; // it broke off, or is no HTTP, before it could be read to its end
        LOG.infof("request %s is malformed", RequestId.of(context)); // nothing of it is repeated
      }
    }
    if (context.response().headWritten()) {
      var unused = context.request().connection().close(); // never an end that looks like one
      return;
    }
    ProblemResponse.write(
        context, ProblemMappers.problems(context).of(ProblemMappers.type(status)));
  }
}
