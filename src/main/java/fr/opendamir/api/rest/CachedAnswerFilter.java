package fr.opendamir.api.rest;

import fr.opendamir.cache.EncodedAnswer;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.Release;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
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
  /** After the request has its id. */
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
    HttpMethod method = context.request().method();
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
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
    String ifNoneMatch = context.request().getHeader("If-None-Match");
    if (ifNoneMatch != null && AnswerTag.isIn(ifNoneMatch, tag)) {
      notModified(context.response(), known.get(), release.get(), tag);
      return true;
    }
    Optional<EncodedAnswer> answer = answers.find(tag);
    answer.ifPresent(found -> write(context, found, known.get().isCompressed()));
    return answer.isPresent();
  }

  private static void notModified(
      HttpServerResponse response, KnownRequests.Known known, Release release, String tag) {
    response.setStatusCode(304);
    response.putHeader("ETag", EncodedAnswer.tag(tag, known.isCompressed()));
    response.putHeader("Vary", AnswerWriter.VARY);
    add(response, AnswerWriter.cacheHeaders(known.query(), release));
    var unused = response.end();
  }

  private static void write(RoutingContext context, EncodedAnswer answer, boolean compressed) {
    HttpServerResponse response = context.response();
    byte[] body = answer.body(compressed);
    add(response, answer.headers());
    response.putHeader("ETag", EncodedAnswer.tag(answer.tag(), compressed));
    // Said in any case: the server would else compress what is not.
    response.putHeader("Content-Encoding", compressed ? "gzip" : "identity");
    response.putHeader("Content-Length", String.valueOf(body.length));
    var unused =
        context.request().method().equals(HttpMethod.HEAD)
            ? response.end()
            : response.end(Buffer.buffer(body));
  }

  private static void add(HttpServerResponse response, List<Map.Entry<String, String>> headers) {
    headers.forEach(header -> response.headers().add(header.getKey(), header.getValue()));
  }
}
