package fr.opendamir.api.graphql;

import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.Problem;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.RequestLanguage;
import graphql.GraphQLError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes to HTTP what nobody may keep: answers to POST, answers with errors, refusals. */
final class GraphqlResponse {
  private GraphqlResponse() {}

  /**
   * An answer to POST: the same bytes as by GET, without anything about keeping them.
   *
   * @param burst how the policy stands that its cost is set against
   */
  static void write(
      RoutingContext context,
      EncodedAnswer answer,
      boolean compressed,
      Optional<PolicyStanding> burst) {
    HttpServerResponse response = context.response();
    for (Map.Entry<String, String> header : answer.headers()) {
      switch (header.getKey()) {
        case "Content-Type", "Content-Language", "X-Release", "Link" ->
            response.headers().add(header.getKey(), header.getValue());
        default -> {
          // about keeping the answer
        }
      }
    }
    response.putHeader("Cache-Control", "no-store");
    if (burst.isPresent()) {
      // No two answers are the same: the server compresses them, where that is asked for.
      var unused = response.end(ThrottleStatus.in(Buffer.buffer(answer.body(false)), burst.get()));
      return;
    }
    // Said in any case: the server would else compress what is not.
    response.putHeader("Content-Encoding", compressed ? "gzip" : "identity");
    var unused = response.end(EncodedResponse.shared(answer.body(compressed)));
  }

  /** What came of an operation, errors included. */
  static void write(
      RoutingContext context,
      MediaTypes type,
      GraphqlEngine.Outcome outcome,
      Optional<PolicyStanding> burst) {
    end(
        context,
        type,
        type.status(outcome.status()),
        burst.map(policy -> ThrottleStatus.in(outcome.body(), policy)).orElse(outcome.body()));
  }

  /** A request of which nothing was executed. */
  static void refused(
      RoutingContext context, MediaTypes type, RefusedRequestException e, Problems problems) {
    boolean isOfGraphql =
        e.type() == ProblemType.INVALID_DOCUMENT || e.type() == ProblemType.DOCUMENT_TOO_COMPLEX;
    int status = isOfGraphql ? type.status(e.type().status()) : e.type().status();
    write(context, type, status, GraphqlErrors.of(e, problems));
  }

  /** A request that is refused for a reason that has nothing to do with GraphQL. */
  static void refused(RoutingContext context, MediaTypes type, Problem problem) {
    write(context, type, problem.status(), List.of(GraphqlErrors.of(problem)));
  }

  private static void write(
      RoutingContext context, MediaTypes type, int status, List<GraphQLError> errors) {
    end(context, type, status, GraphqlJson.write(errors));
  }

  private static void end(RoutingContext context, MediaTypes type, int status, Buffer body) {
    HttpServerResponse response = context.response();
    response.setStatusCode(status);
    response.putHeader("Content-Type", type.header());
    response.putHeader("Cache-Control", "no-store");
    response.putHeader(
        "Content-Language",
        RequestLanguage.tag(
            RequestLanguage.ofHeader(context.request().getHeader("Accept-Language"))));
    if (status == ProblemType.METHOD_NOT_ALLOWED.status()
        && !response.headers().contains("Allow")) {
      response.putHeader("Allow", "POST"); // what GET may not do
    }
    if (status == ProblemType.UNAVAILABLE.status()) {
      response.putHeader("Retry-After", String.valueOf(Problems.RETRY_AFTER_SECONDS));
    }
    var unused = response.end(body); // of which the server sends nothing to HEAD
  }
}
