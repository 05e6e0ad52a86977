package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.answer.AnswerCache;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.EntityTag;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Vocabulary as it goes to readers. It is free, so it must cost little: it is encoded and
 * compressed once, and comes from the cache of answers afterwards.
 */
@ApplicationScoped
class VocabularyAnswers {
  /** To be raised whenever the same vocabulary is answered with other bytes. */
  private static final String REPRESENTATION = "vocabulary-1";

  private final AnswerCache cache;
  private final ObjectMapper json;

  VocabularyAnswers(AnswerCache cache, ObjectMapper json) {
    this.cache = cache;
    this.json = json;
  }

  /**
   * An answer of which the bytes are kept.
   *
   * @param content everything the bytes depend on besides the format
   * @param body asked where they are not in memory
   */
  Uni<Response> answer(
      AnswerFormat format, HttpServerRequest request, Supplier<byte[]> body, String... content) {
    boolean compressed = ContentCoding.acceptsGzip(request);
    return encoded(format, body, content)
        .map(
            answer ->
                Response.ok(answer.body(compressed))
                    .type(format.mediaType())
                    // Said in any case: the server would else compress what is not.
                    .header(HttpHeaders.CONTENT_ENCODING, compressed ? "gzip" : "identity")
                    .build());
  }

  Uni<EncodedAnswer> encoded(AnswerFormat format, Supplier<byte[]> body, String... content) {
    String tag = EntityTag.of(REPRESENTATION, format.id(), String.join("\n", content));
    return cache.get(
        tag, () -> Uni.createFrom().item(() -> EncodedAnswer.of(tag, List.of(), body.get(), 0)));
  }

  /** An answer in JSON of which the bytes are kept. */
  Uni<Response> json(HttpServerRequest request, Supplier<?> body, String... content) {
    return answer(AnswerFormat.JSON, request, () -> written(body.get()), content);
  }

  /** A body in JSON. */
  byte[] written(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bodies can be written", e);
    }
  }
}
