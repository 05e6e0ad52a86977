package fr.opendamir.api.graphql;

import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.Answer;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.Problem;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.RequestId;
import fr.opendamir.api.http.RequestLanguage;
import graphql.GraphQLError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Writes the response to one request. Answers to GET may be cached by any cache; answers to POST
 * contain the state of the caller's burst policy and are not cached.
 */
final class GraphqlReply {
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final boolean isPost;
  private final MediaTypes type;

  GraphqlReply(RoutingContext context, SentOperation sent) {
    this(context, sent.isPost(), sent.type());
  }

  private GraphqlReply(RoutingContext context, boolean isPost, MediaTypes type) {
    this.context = context;
    this.response = context.response();
    this.isPost = isPost;
    this.type = type;
  }

  /** Rejects a request that is not a GraphQL request. */
  static void refuse(RoutingContext context, ProblemType problem) {
    GraphqlReply reply =
        new GraphqlReply(context, true, MediaTypes.of(context).orElse(MediaTypes.GRAPHQL));
    reply.refuse(reply.problems().of(problem));
  }

  /** The factory that describes failures to this client. */
  Problems problems() {
    return new Problems(
        RequestLanguage.ofHeader(context.request().getHeader("Accept-Language")),
        GraphqlRoute.PATH,
        RequestId.of(context));
  }

  /** Runs an action when the client disconnects before the end of the response. */
  void whenClientLeaves(Runnable stop) {
    if (!response.ended() && !response.closed()) {
      response.closeHandler(
          closed -> {
            stop.run();
            // this handler replaces the one that reports aborted exchanges
            Exchange.of(context).aborted();
          });
    } else if (response.closed()) {
      stop.run();
    }
  }

  /** Writes an answer without errors. */
  void write(Answer answer) {
    if (isPost && answer instanceof EncodedAnswer encoded) {
      withThrottle(burst -> post(encoded, burst));
    } else {
      EncodedResponse.write(context, answer);
    }
  }

  /** Writes the outcome of an operation, which may have errors and is not cached. */
  void write(GraphqlEngine.Outcome outcome) {
    if (isPost) {
      withThrottle(burst -> write(outcome, burst));
    } else {
      write(outcome, Optional.empty());
    }
  }

  private void write(GraphqlEngine.Outcome outcome, Optional<PolicyStanding> burst) {
    end(
        type.status(outcome.status()),
        burst.map(policy -> ThrottleStatus.in(outcome.body(), policy)).orElse(outcome.body()));
  }

  private void withThrottle(Consumer<Optional<PolicyStanding>> write) {
    var unused = Exchange.of(context).account().burst().subscribe().with(write, this::fail);
  }

  /** Writes the same body as for GET, without the caching headers. */
  private void post(EncodedAnswer answer, Optional<PolicyStanding> burst) {
    for (Map.Entry<String, String> header : answer.headers()) {
      switch (header.getKey()) {
        case "Content-Type", "Content-Language", "X-Release", "Link" ->
            response.headers().add(header.getKey(), header.getValue());
        default -> {
          // caching headers are omitted
        }
      }
    }
    response.putHeader("Cache-Control", "no-store");
    boolean compressed = ContentCoding.acceptsGzip(context.request());
    // Always set; otherwise Vert.x would compress the body again.
    response.putHeader("Content-Encoding", compressed ? "gzip" : "identity");
    byte[] body =
        burst.isPresent()
            ? ThrottleStatus.in(answer, burst.get(), compressed)
            : answer.body(compressed);
    var unused = response.end(EncodedResponse.shared(body));
  }

  /** Writes the failure of an operation. */
  void fail(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof GraphqlAnswers.WithErrorsException withErrors) {
      write(withErrors.outcome());
    } else if (cause instanceof QuotaExceededException exceeded) {
      refuse(problems().of(exceeded.grant()));
    } else if (!response.ended()) {
      FailureLog.failed(RequestId.of(context), failure);
      refuse(problems().of(failure));
    }
  }

  /** Rejects a request before execution. */
  void refuse(RefusedRequestException e) {
    int status = e.isOfGraphql() ? type.status(e.type().status()) : e.type().status();
    end(status, GraphqlJson.write(GraphqlErrors.of(e, problems())));
  }

  /** Rejects a request for a reason unrelated to GraphQL. */
  private void refuse(Problem problem) {
    List<GraphQLError> errors = List.of(GraphqlErrors.of(problem));
    end(problem.status(), GraphqlJson.write(errors));
  }

  private void end(int status, Buffer body) {
    response.setStatusCode(status);
    response.putHeader("Content-Type", type.header());
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("Content-Language", RequestLanguage.tag(problems().language()));
    if (status == ProblemType.METHOD_NOT_ALLOWED.status()
        && !response.headers().contains("Allow")) {
      response.putHeader("Allow", "POST"); // mutations require POST
    }
    if (status == ProblemType.UNAVAILABLE.status()) {
      response.putHeader("Retry-After", String.valueOf(Problems.RETRY_AFTER_SECONDS));
    }
    var unused = response.end(body); // the server drops the body for HEAD
  }
}
