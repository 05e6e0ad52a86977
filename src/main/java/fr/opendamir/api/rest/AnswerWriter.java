package fr.opendamir.api.rest;

import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Answers in the format that was asked for. */
@ApplicationScoped
class AnswerWriter {
  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel=\"license\"";

  private static final String VARY = "Accept, Accept-Language, Accept-Encoding";

  /** A question that follows the newest release. */
  private static final String FOR_NOW =
      "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";

  /** What a release says never changes. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneId.of("GMT"));

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
   * @param parameter the values of {@code format} as sent
   * @throws NotAcceptableException when the Accept header names none of them
   */
  static AnswerFormat format(List<String> parameter, HttpHeaders headers) {
    return AnswerFormat.negotiate(
            parameter.stream().findFirst(), headers.getHeaderString(HttpHeaders.ACCEPT))
        .orElseThrow(NotAcceptableException::new);
  }

  /**
   * The answer without a body, where the reader has it already.
   *
   * @param ifNoneMatch what the reader has
   */
  static Optional<Response> known(
      AggregateQuery query, Release release, AnswerFormat format, String ifNoneMatch) {
    String tag = AnswerTag.of(release, address(query), format);
    return AnswerTag.isIn(ifNoneMatch, tag)
        ? Optional.of(cacheable(Response.notModified(), query, release, tag).build())
        : Optional.empty();
  }

  /** Rectangular formats tell release, licence and where the description is in headers. */
  Response write(AggregateResult result, AnswerFormat format) {
    byte[] body =
        switch (format) {
          case JSON -> json.write(result);
          case CSV -> csv.write(result);
          case NDJSON -> ndjson.write(result);
          case JSON_STAT -> jsonStat.write(result);
        };
    Response.ResponseBuilder response =
        Response.ok(body)
            .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
            .header("X-Release", result.release().id())
            .header(HttpHeaders.LINK, LICENCE)
            .header(
                HttpHeaders.LINK,
                "<" + CanonicalQuestion.path(result) + "&format=json>; rel=\"describedby\"");
    CanonicalQuestion.next(result)
        .ifPresent(
            next ->
                response.header(
                    HttpHeaders.LINK, "<" + next + "&format=" + format.id() + ">; rel=\"next\""));
    if (result.base().isPresent()) {
      return response.header(HttpHeaders.VARY, VARY).build();
    }
    String tag = AnswerTag.of(result.release(), address(result.query()), format);
    return cacheable(response, result.query(), result.release(), tag).build();
  }

  /** Everything of the question but the release, which the tag has by itself. */
  private static String address(AggregateQuery query) {
    return CanonicalQuestion.path("", query) + "\n" + query.offset();
  }

  private static Response.ResponseBuilder cacheable(
      Response.ResponseBuilder response, AggregateQuery query, Release release, String tag) {
    return response
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(release.publishedAt()))
        .header(HttpHeaders.CACHE_CONTROL, query.release().isPresent() ? FOR_EVER : FOR_NOW)
        .header(HttpHeaders.VARY, VARY);
  }
}
