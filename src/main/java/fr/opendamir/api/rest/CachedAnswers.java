package fr.opendamir.api.rest;

import fr.opendamir.api.http.AnswerSource;
import fr.opendamir.api.http.Visit;
import fr.opendamir.cache.AnswerCache;
import fr.opendamir.cache.EncodedAnswer;
import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.PlannedQuestion;
import fr.opendamir.query.Release;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Encoded answers: from the cache, or worked out once for all who ask at the same time. */
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

  /** The answer to a question from a release, on the account of who asks. */
  Uni<EncodedAnswer> answer(
      AggregateQuery query, Release release, AnswerFormat format, Visit visit) {
    service.refuseImpossible(query);
    String tag = AnswerWriter.tag(query, release, format);
    Optional<EncodedAnswer> kept = cache.find(tag);
    if (kept.isPresent()) {
      visit.isFrom(AnswerSource.KEPT);
    }
    return kept.isPresent()
        ? visit.pay(kept.get().units()).replaceWith(kept.get())
        : service
            .plan(query)
            .chain(
                planned ->
                    visit.charged(
                        planned.maxUnits(),
                        EncodedAnswer::units,
                        () -> workedOut(tag, planned, format, visit)));
  }

  /**
   * Works it out, or waits for whoever does. That the other one was refused concerns the other one:
   * then it is worked out on behalf of this one.
   */
  private Uni<EncodedAnswer> workedOut(
      String tag, PlannedQuestion planned, AnswerFormat format, Visit visit) {
    AtomicBoolean isOwn = new AtomicBoolean();
    return Uni.createFrom()
        .deferred(
            () ->
                cache.get(
                    tag,
                    () -> {
                      isOwn.set(true);
                      return visit
                          .atDatabase(planned.plan(), () -> service.answer(planned.query()))
                          .map(result -> writer.write(result, format));
                    }))
        .onFailure(failure -> !isOwn.get() && Visit.isPersonal(failure))
        .retry()
        .atMost(2)
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
