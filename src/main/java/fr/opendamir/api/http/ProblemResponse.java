package fr.opendamir.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes problems to the HTTP response, independently of any framework layer above. */
public final class ProblemResponse {
  private static final JsonMapper JSON = new JsonMapper();

  private ProblemResponse() {}

  /** Writes a problem with {@code no-store}. */
  public static void write(RoutingContext context, Problem problem) {
    write(context.response(), problem);
  }

  static void write(HttpServerResponse response, Problem problem) {
    response.setStatusCode(problem.status());
    response.putHeader("Content-Type", ProblemMappers.MEDIA_TYPE);
    response.putHeader("Cache-Control", "no-store");
    if (problem.status() == ProblemType.UNAVAILABLE.status()) {
      response.putHeader("Retry-After", String.valueOf(Problems.RETRY_AFTER_SECONDS));
    }
    response.putHeader("Content-Language", RequestLanguage.tag(problem.language()));
    var unused = response.end(json(problem)); // the server drops the body for HEAD
  }

  private static String json(Problem problem) {
    try {
      return JSON.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can always be written", e);
    }
  }
}
