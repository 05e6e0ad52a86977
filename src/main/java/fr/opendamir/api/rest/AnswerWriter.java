package fr.opendamir.api.rest;

import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.AnswerStream;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes answers in the requested format. */
@ApplicationScoped
class AnswerWriter {
  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel=\"license\"";

  private final AnswerTables tables;

  AnswerWriter(AnswerTables tables) {
    this.tables = tables;
  }

  /**
   * Writes an answer. Headers have its release, licence and description URL for rows-only formats.
   */
  EncodedAnswer write(AnswerKey key, AggregateResult result, AnswerFormat format) {
    byte[] body = tables.write(result, format);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry(HttpHeaders.CONTENT_TYPE, format.mediaType()));
    headers.add(
        Map.entry(HttpHeaders.CONTENT_LANGUAGE, RequestLanguage.tag(result.query().language())));
    headers.add(Map.entry("X-Release", result.release().id()));
    headers.add(Map.entry(HttpHeaders.LINK, LICENCE));
    headers.add(
        Map.entry(
            HttpHeaders.LINK,
            "<" + CanonicalQuestion.description(result) + ">; rel=\"describedby\""));
    CanonicalQuestion.next(result)
        .ifPresent(
            next ->
                headers.add(
                    Map.entry(
                        HttpHeaders.LINK,
                        "<" + next + "&format=" + format.selector() + ">; rel=\"next\"")));
    headers.add(FileName.of(result.planned()).header(format));
    headers.add(Map.entry(HttpHeaders.VARY, CacheHeaders.VARY));
    headers.addAll(key.caching());
    return EncodedAnswer.of(key, headers, body, result.units());
  }

  /** Creates the key of the answer to a bound question. */
  static AnswerKey key(BoundQuestion bound, AnswerFormat format) {
    return key(bound.query(), bound.base(), bound.release(), format);
  }

  /**
   * Creates the key of an answer.
   *
   * @param base the release to subtract; present if the question asks for a difference
   */
  static AnswerKey key(
      Question question, Optional<Release> base, Release release, AnswerFormat format) {
    String subtracted = base.map(before -> before.id() + "\n").orElse("");
    return new AnswerKey(
        AnswerTag.of(release, subtracted + address(question), format),
        CacheHeaders.of(release, question.release().isPresent()),
        format.isCompressible());
  }

  /** Creates the response that streams all rows of an answer. */
  Response stream(
      BoundQuestion bound,
      AnswerKey key,
      AnswerStream rows,
      AnswerFormat format,
      HttpServerRequest request,
      StreamAccount account) {
    RowEncoder encoder = format.encoder(tables.streamed(rows.description()));
    return head(bound, key, format, request)
        .entity(new StreamedAnswer(rows, encoder, account))
        .build();
  }

  /** The status and headers of {@link #stream}, known before the answer is computed. */
  static Response.ResponseBuilder head(
      BoundQuestion bound, AnswerKey key, AnswerFormat format, HttpServerRequest request) {
    boolean isGzip = key.isCompressible() && ContentCoding.acceptsGzip(request);
    Map.Entry<String, String> file = FileName.of(bound).header(format);
    Response.ResponseBuilder response =
        Response.ok()
            .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
            .header(HttpHeaders.CONTENT_LANGUAGE, RequestLanguage.tag(bound.query().language()))
            .header("X-Release", bound.release().id())
            .header(HttpHeaders.LINK, LICENCE)
            .header(
                HttpHeaders.LINK,
                "<"
                    + CanonicalQuestion.description(bound.query(), bound.release())
                    + ">; rel=\"describedby\"")
            .header(HttpHeaders.VARY, CacheHeaders.VARY)
            .header(file.getKey(), file.getValue())
            .header(HttpHeaders.ETAG, EncodedAnswer.tag(key.tag(), isGzip));
    key.caching().forEach(header -> response.header(header.getKey(), header.getValue()));
    return response;
  }

  /** The canonical question without its release, which is a separate part of the tag. */
  private static String address(Question query) {
    return CanonicalQuestion.path("", query) + "\n" + query.offset();
  }
}
