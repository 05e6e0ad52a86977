package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers requests for vocabulary and releases, in the formats that answers have. */
@ApplicationScoped
class VocabularyAnswers {
  private final DocumentAnswers documents;
  private final ObjectMapper json;

  VocabularyAnswers(DocumentAnswers documents, ObjectMapper json) {
    this.documents = documents;
    this.json = json;
  }

  /**
   * Answers with cached bytes.
   *
   * @param body called only if the bytes or their entity tag are not in memory
   * @param content everything the bytes depend on while this process runs, except the format
   */
  Uni<Response> answer(
      RoutingContext context, AnswerFormat format, Supplier<byte[]> body, String... content) {
    return documents.answer(context, format.mediaType(), body, named(format, content));
  }

  /** One media type may have several forms. */
  private static String[] named(AnswerFormat format, String... content) {
    return Stream.concat(Stream.of(format.selector()), Stream.of(content)).toArray(String[]::new);
  }

  /** Answers in JSON with cached bytes. */
  Uni<Response> json(RoutingContext context, Supplier<?> body, String... content) {
    return answer(context, Formats.JSON, () -> written(body.get()), content);
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
