package fr.opendamir.api.rest;

import fr.opendamir.answer.AnswerCache;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.AnswerSource;
import fr.opendamir.api.http.Charge;
import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.Visit;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.PlannedQuestion;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Encoded answers: from the cache, or computed once for all who ask at the same time. */
@ApplicationScoped
class CachedAnswers {
  private final AggregateService service;
  private final AnswerWriter writer;
  private final AnswerCache cache;

  CachedAnswers(AggregateService service, AnswerWriter writer, AnswerCache cache) {
    this.service = service;
    this.writer = writer;
    this.cache = cache;
  }

  /**
   * An answer, on the account of the caller.
   *
   * @param tag of the answer
   * @param plan binds the question to the release that the tag is of; asked where there is no
   *     cached answer
   */
  Uni<EncodedAnswer> answer(
      String tag, Supplier<PlannedQuestion> plan, AnswerFormat format, RoutingContext context) {
    Visit visit = Visit.of(context);
    Optional<EncodedAnswer> kept = cache.find(tag);
    if (kept.isPresent()) {
      visit.isFrom(AnswerSource.KEPT);
      boolean isFree = HeadRequest.is(context); // as 304 is
      return visit.pay(isFree ? 0 : kept.get().units()).replaceWith(kept.get());
    }
    PlannedQuestion planned = plan.get();
    return visit.charged(
        planned.maxUnits(),
        planned.leastUnits(),
        EncodedAnswer::units,
        charge -> computed(tag, planned, format, visit, charge));
  }

  /**
   * Computes it, or waits for another request that does. A refusal of that other request concerns
   * its caller only: then those who waited try again, and one of them computes it. Every refusal
   * takes its own request out of the competition, so that this comes to an end.
   */
  private Uni<EncodedAnswer> computed(
      String tag, PlannedQuestion planned, AnswerFormat format, Visit visit, Charge charge) {
    AtomicBoolean isOwn = new AtomicBoolean();
    return cache
        .get(
            tag,
            () -> {
              isOwn.set(true);
              return charge
                  .atDatabase(planned.plan(), () -> service.answer(planned))
                  .map(result -> writer.write(result, format));
            })
        .onFailure(failure -> !isOwn.get() && Visit.isPersonal(failure))
        .retry()
        .indefinitely()
        .invoke(
            () -> {
              if (!isOwn.get()) {
                visit.isFrom(AnswerSource.SHARED);
              }
            });
  }

  /** The answer, if it is there; never waits. */
  Optional<EncodedAnswer> find(String tag) {
    return cache.find(tag);
  }
}
