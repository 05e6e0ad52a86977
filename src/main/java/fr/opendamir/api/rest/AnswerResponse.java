package fr.opendamir.api.rest;

import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** The HTTP response of an encoded answer. */
final class AnswerResponse {
  private AnswerResponse() {}

  static Response.ResponseBuilder of(EncodedAnswer answer, HttpServerRequest request) {
    boolean compressed = ContentCoding.acceptsGzip(request);
    return withHeaders(Response.ok(answer.body(compressed)), answer.headers())
        .header(HttpHeaders.ETAG, EncodedAnswer.tag(answer.tag(), compressed))
        .header(HttpHeaders.CONTENT_ENCODING, compressed ? "gzip" : "identity");
  }

  static Response notModified(
      Question query, Release release, String tag, HttpServerRequest request) {
    return withHeaders(Response.notModified(), AnswerWriter.cacheHeaders(query, release))
        .header(HttpHeaders.ETAG, EncodedAnswer.tag(tag, ContentCoding.acceptsGzip(request)))
        .header(HttpHeaders.VARY, CacheHeaders.VARY)
        .build();
  }

  private static Response.ResponseBuilder withHeaders(
      Response.ResponseBuilder response, List<Map.Entry<String, String>> headers) {
    headers.forEach(header -> response.header(header.getKey(), header.getValue()));
    return response;
  }
}
