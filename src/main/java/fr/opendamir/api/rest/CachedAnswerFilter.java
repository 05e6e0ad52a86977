package fr.opendamir.api.rest;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemResponse;
import fr.opendamir.api.http.Replays;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Answers repeated requests early, before routing to resources, if the answer is cached here or by
 * the client. All other requests continue.
 */
@ApplicationScoped
class CachedAnswerFilter {
  /** Runs after the caller is identified. */
  private static final int PRIORITY = 500;

  private static final String QUESTIONS = "/v1/aggregates";
  private static final String DIFFERENCES = "/v1/releases/";

  private final KnownRequests requests;
  private final AnswerService answers;
  private final Replays replays;

  CachedAnswerFilter(KnownRequests requests, AnswerService answers, Replays replays) {
    this.requests = requests;
    this.answers = answers;
    this.replays = replays;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    Optional<KnownRequests.Known> known =
        isQuestion(context) ? requests.find(context.request()) : Optional.empty();
    Optional<Uni<Answer>> ready =
        known
            .flatMap(requests::key)
            .flatMap(keyed -> answers.ready(Exchange.conditional(context), keyed.key()));
    if (ready.isEmpty()) {
      context.next();
      return;
    }
    var unused =
        ready
            .get()
            .subscribe()
            .with(
                answer -> {
                  replays.record(
                      context,
                      answer,
                      () -> requests.key(known.get()).map(KnownRequests.Keyed::key));
                  EncodedResponse.write(context, answer);
                },
                failure -> fail(context, failure));
  }

  private static boolean isQuestion(RoutingContext context) {
    String path = context.request().path();
    return context.request().method().equals(HttpMethod.GET)
        && (path.equals(QUESTIONS) || path.startsWith(DIFFERENCES));
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof QuotaExceededException exceeded) {
      ProblemResponse.write(context, ProblemMappers.problems(context).of(exceeded.grant()));
    } else {
      context.fail(failure);
    }
  }
}
