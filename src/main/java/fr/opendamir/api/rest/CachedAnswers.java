package fr.opendamir.api.rest;

import fr.opendamir.cache.AnswerCache;
import fr.opendamir.cache.EncodedAnswer;
import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.Release;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

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

  /** The answer to a question from a release. */
  Uni<EncodedAnswer> answer(AggregateQuery query, Release release, AnswerFormat format) {
    service.refuseImpossible(query);
    return cache.get(
        AnswerWriter.tag(query, release, format),
        () -> service.answer(query).map(result -> writer.write(result, format)));
  }

  /** The answer, if it is there; never waits. */
  Optional<EncodedAnswer> find(String tag) {
    return cache.find(tag);
  }
}
