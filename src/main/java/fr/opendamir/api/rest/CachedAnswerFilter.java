package fr.opendamir.api.rest;

import fr.opendamir.access.Grant;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.AnswerSource;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.Precondition;
import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemResponse;
import fr.opendamir.api.http.Visit;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.Release;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers requests that were understood before, and whose answer is in memory or in the reader's,
 * where they come in: no work, no database, no other layer. All others go on.
 */
@ApplicationScoped
class CachedAnswerFilter {
  /** After the caller is known. */
  private static final int PRIORITY = 500;

  private static final String PATH = "/v1/aggregates";

  private final AggregateService service;
  private final KnownRequests requests;
  private final CachedAnswers answers;

  CachedAnswerFilter(AggregateService service, KnownRequests requests, CachedAnswers answers) {
    this.service = service;
    this.requests = requests;
    this.answers = answers;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    if (!PATH.equals(context.request().path()) || !isRead(context) || !answer(context)) {
      context.next();
    }
  }

  private static boolean isRead(RoutingContext context) {
    return context.request().method().equals(HttpMethod.GET);
  }

  private boolean answer(RoutingContext context) {
    Optional<KnownRequests.Known> known = requests.find(context.request());
    if (known.isEmpty()) {
      return false;
    }
    Optional<Release> release = service.rememberedRelease(known.get().query());
    if (release.isEmpty()) {
      return false;
    }
    String tag = known.get().tag(release.get());
    List<Map.Entry<String, String>> cacheHeaders =
        AnswerWriter.cacheHeaders(known.get().query(), release.get());
    if (Precondition.isUnchanged(context.request(), tag, cacheHeaders)) {
      EncodedResponse.notModified(context, tag, known.get().isCompressed(), cacheHeaders);
      return true;
    }
    Optional<EncodedAnswer> answer = answers.find(tag);
    answer.ifPresent(found -> sell(context, found, known.get().isCompressed()));
    return answer.isPresent();
  }

  /** HEAD of what is known is free, as 304 is. */
  private static void sell(RoutingContext context, EncodedAnswer answer, boolean isCompressed) {
    Visit visit = Visit.of(context);
    visit.isFrom(AnswerSource.KEPT);
    if (HeadRequest.is(context)) {
      EncodedResponse.write(context, answer, isCompressed);
      return;
    }
    Optional<Grant> now = visit.takeNow(answer.units());
    if (now.isPresent()) {
      write(context, answer, isCompressed, now.get());
    } else {
      var unused =
          visit
              .take(answer.units())
              .subscribe()
              .with(grant -> write(context, answer, isCompressed, grant), context::fail);
    }
  }

  private static void write(
      RoutingContext context, EncodedAnswer answer, boolean isCompressed, Grant grant) {
    if (grant.isGranted()) {
      EncodedResponse.write(context, answer, isCompressed);
    } else {
      ProblemResponse.write(context, ProblemMappers.problems(context).of(grant));
    }
  }
}
