package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.answer.Work;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.query.Release;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers requests for vocabulary and releases. These answers are free, so they must be cheap: they
 * are encoded and compressed once, then served from the answer cache.
 */
@ApplicationScoped
class VocabularyAnswers {
  /** Increase whenever the answer for the same vocabulary gets different bytes. */
  private static final String REPRESENTATION = "vocabulary-2";

  private final AnswerService answers;
  private final ObjectMapper json;

  VocabularyAnswers(AnswerService answers, ObjectMapper json) {
    this.answers = answers;
    this.json = json;
  }

  /**
   * Answers with cached bytes.
   *
   * @param release the release of the answer, if it depends on one
   * @param body called only if the bytes are not in the cache
   * @param content everything the bytes depend on, except format and release
   */
  Uni<Response> answer(
      RoutingContext context,
      AnswerFormat format,
      Optional<Release> release,
      Supplier<byte[]> body,
      String... content) {
    return answer(Exchange.conditional(context), format, release, body, content)
        .map(answer -> AnswerResponse.of(answer, context.request()));
  }

  Uni<Answer> answer(
      AnswerRequest request,
      AnswerFormat format,
      Optional<Release> release,
      Supplier<byte[]> body,
      String... content) {
    AnswerKey key =
        new AnswerKey(
            EntityTag.of(
                REPRESENTATION,
                format.id(),
                release.map(Release::id).orElse(""),
                String.join("\n", content)),
            release
                .map(published -> CacheHeaders.of(published, false))
                .orElseGet(CacheHeaders::ofVocabulary));
    return answers.answer(
        request,
        key,
        () ->
            new Work.Metered(() -> Uni.createFrom().item(() -> encoded(key, format, body.get()))));
  }

  private static EncodedAnswer encoded(AnswerKey key, AnswerFormat format, byte[] body) {
    List<Map.Entry<String, String>> headers =
        Stream.concat(
                Stream.of(
                    Map.entry(HttpHeaders.CONTENT_TYPE, format.mediaType()),
                    Map.entry(HttpHeaders.VARY, CacheHeaders.VARY)),
                key.caching().stream())
            .toList();
    return EncodedAnswer.of(key.tag(), headers, body, 0);
  }

  /** Answers in JSON with cached bytes. */
  Uni<Response> json(
      RoutingContext context, Optional<Release> release, Supplier<?> body, String... content) {
    return answer(context, Formats.JSON, release, () -> written(body.get()), content);
  }

  /** Writes a body as JSON. */
  byte[] written(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bodies can be written", e);
    }
  }
}
