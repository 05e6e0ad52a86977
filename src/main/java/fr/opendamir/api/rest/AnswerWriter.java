package fr.opendamir.api.rest;

import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.AnswerStream;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers in the format that was asked for. */
@ApplicationScoped
class AnswerWriter {
  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel=\"license\"";

  private final AggregateJson json;
  private final AggregateCsv csv;
  private final AggregateNdjson ndjson;
  private final AggregateJsonStat jsonStat;

  AnswerWriter(
      AggregateJson json, AggregateCsv csv, AggregateNdjson ndjson, AggregateJsonStat jsonStat) {
    this.json = json;
    this.csv = csv;
    this.ndjson = ndjson;
    this.jsonStat = jsonStat;
  }

  /**
   * The format of the answer to a request, known before any work.
   *
   * @param parameters of the question; their names are matched in any case
   * @throws NotAcceptableException when the Accept header names none of them
   */
  static AnswerFormat format(Map<String, List<String>> parameters, HttpHeaders headers) {
    return AnswerFormat.negotiate(
            QuestionParser.value(parameters, "format"), headers.getHeaderString(HttpHeaders.ACCEPT))
        .orElseThrow(NotAcceptableException::new);
  }

  /** Rectangular formats tell release, licence and where the description is in headers. */
  EncodedAnswer write(AggregateResult result, AnswerFormat format) {
    byte[] body =
        switch (format) {
          case JSON -> json.write(result);
          case CSV -> csv.write(result);
          case NDJSON -> ndjson.write(result);
          case JSON_STAT -> jsonStat.write(result);
        };
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
                        "<" + next + "&format=" + format.id() + ">; rel=\"next\"")));
    headers.add(Map.entry(HttpHeaders.VARY, CacheHeaders.VARY));
    headers.addAll(cacheHeaders(result.query(), result.release()));
    return EncodedAnswer.of(tag(result, format), headers, body, result.units());
  }

  private static String tag(AggregateResult result, AnswerFormat format) {
    return result
        .base()
        .map(base -> tag(result.query(), base, result.release(), format))
        .orElseGet(() -> tag(result.query(), result.release(), format));
  }

  /** The tag of a difference of releases, known before any work. */
  static String tag(Question query, Release base, Release release, AnswerFormat format) {
    return AnswerTag.of(release, base.id() + "\n" + address(query), format);
  }

  /** The tag of an answer, known before any work. */
  static String tag(Question query, Release release, AnswerFormat format) {
    return AnswerTag.of(release, address(query), format);
  }

  /** How long an answer may be kept by readers and by what is between. */
  static List<Map.Entry<String, String>> cacheHeaders(Question query, Release release) {
    return CacheHeaders.of(release, query.release().isPresent());
  }

  /** All rows of an answer, written while they are read; for formats that are nothing but rows. */
  Response stream(
      AnswerStream answer, AnswerFormat format, HttpServerRequest request, StreamAccount account) {
    RowEncoder encoder =
        format == AnswerFormat.CSV ? csv.encoder(answer.query()) : ndjson.encoder(answer.query());
    return streamed(answer.query(), answer.release(), format, request)
        .entity(new StreamedAnswer(answer, encoder, account))
        .build();
  }

  /** What {@link #stream} says before the first row, known before any work. */
  static Response.ResponseBuilder streamed(
      Question query, Release release, AnswerFormat format, HttpServerRequest request) {
    Response.ResponseBuilder response =
        Response.ok()
            .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
            .header(HttpHeaders.CONTENT_LANGUAGE, RequestLanguage.tag(query.language()))
            .header("X-Release", release.id())
            .header(HttpHeaders.LINK, LICENCE)
            .header(
                HttpHeaders.LINK,
                "<" + CanonicalQuestion.description(query, release) + ">; rel=\"describedby\"")
            .header(HttpHeaders.VARY, CacheHeaders.VARY)
            .header(
                HttpHeaders.ETAG,
                EncodedAnswer.tag(tag(query, release, format), ContentCoding.acceptsGzip(request)));
    cacheHeaders(query, release)
        .forEach(header -> response.header(header.getKey(), header.getValue()));
    return response;
  }

  /** Everything of the question but the release, which the tag has by itself. */
  private static String address(Question query) {
    return CanonicalQuestion.path("", query) + "\n" + query.offset();
  }
}
