package fr.opendamir.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes problems to HTTP, below every other layer. */
final class ProblemResponse {
  private static final JsonMapper JSON = new JsonMapper();

  private ProblemResponse() {}

  static void write(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    response.setStatusCode(problem.status());
    response.putHeader("Content-Type", ProblemMappers.MEDIA_TYPE);
    try {
      String body = JSON.writeValueAsString(problem);
      var unused =
          context.request().method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can always be written", e);
    }
  }
}
