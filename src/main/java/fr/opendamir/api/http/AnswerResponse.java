package fr.opendamir.api.http;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Creates the HTTP response for an answer of the pipeline. */
public final class AnswerResponse {
  private AnswerResponse() {}

  public static Response of(Answer answer, HttpServerRequest request) {
    boolean compressed = ContentCoding.isGzip(request, answer);
    Response.ResponseBuilder response =
        answer instanceof EncodedAnswer encoded
            ? of(encoded, compressed)
            : of(((Answer.NotModified) answer).key(), compressed);
    if (request.response().headers().contains(HttpHeaders.VARY)) {
      response.header(HttpHeaders.VARY, null); // which the language of the request has set
    }
    return response.build();
  }

  private static Response.ResponseBuilder of(EncodedAnswer answer, boolean compressed) {
    return withHeaders(Response.ok(answer.body(compressed)), answer.headers())
        .header(HttpHeaders.ETAG, EncodedAnswer.tag(answer.tag(), compressed))
        // Always set, or the server would compress the body again.
        .header(HttpHeaders.CONTENT_ENCODING, compressed ? "gzip" : "identity");
  }

  private static Response.ResponseBuilder of(AnswerKey unchanged, boolean compressed) {
    return withHeaders(Response.notModified(), unchanged.caching())
        .header(HttpHeaders.ETAG, EncodedAnswer.tag(unchanged.tag(), compressed))
        .header(HttpHeaders.VARY, CacheHeaders.VARY);
  }

  private static Response.ResponseBuilder withHeaders(
      Response.ResponseBuilder response, List<Map.Entry<String, String>> headers) {
    headers.forEach(header -> response.header(header.getKey(), header.getValue()));
    return response;
  }
}
