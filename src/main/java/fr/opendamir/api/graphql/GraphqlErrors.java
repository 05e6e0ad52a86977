package fr.opendamir.api.graphql;

import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.Problem;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.query.TooLargeException;
import fr.opendamir.question.QuestionException;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Converts failures to GraphQL errors with {@code extensions.code} and {@code extensions.problem},
 * which have the same code and body as in REST.
 */
final class GraphqlErrors implements DataFetcherExceptionHandler {

  /** Maximum errors listed for a document: a small document can have thousands. */
  static final int MOST_ERRORS = 20;

  private static final Set<String> PERSONAL =
      Set.of("quota_exceeded", "too_many_at_once", "overloaded");

  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
      DataFetcherExceptionHandlerParameters failure) {
    Asked asked = failure.getDataFetchingEnvironment().getGraphQlContext().get(Asked.class);
    Throwable cause = cause(failure.getException());
    String code;
    Problem problem;
    if (cause instanceof QuestionException e) {
      code = e.errors().get(0).code();
      problem = asked.problems().of(e, SchemaTerms.INSTANCE);
    } else if (cause instanceof TooLargeException e) {
      code = "too_many_scanned_rows";
      problem = asked.problems().of(e, smaller -> Optional.empty());
    } else if (cause instanceof CoercingParseLiteralException
        || cause instanceof CoercingParseValueException) {
      // Values of variables are only converted when a field is fetched.
      code = "invalid_value";
      problem =
          asked
              .problems()
              .of(
                  ProblemType.INVALID_DOCUMENT,
                  LibraryMessage.told(cause.getMessage()),
                  List.of(),
                  Map.of());
    } else if (cause instanceof QuotaExceededException e) {
      problem = asked.problems().of(e.grant());
      code = code(problem);
    } else if (cause instanceof ReplacedException || asked.isStopped()) {
      // Not visible to clients: the operation is executed again, or the client has disconnected.
      asked.replaced();
      problem = asked.problems().unavailable(DataUnavailableException.Part.RELEASE);
      code = code(problem);
    } else if (RequestAccount.isPersonal(cause)) {
      asked.account().noted(cause);
      problem = asked.problems().of(cause);
      code = code(problem);
    } else {
      FailureLog.failed(asked.problems().requestId(), cause);
      problem = asked.problems().of(cause);
      code = code(problem);
    }
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(
                error(code, problem)
                    .location(failure.getSourceLocation())
                    .path(failure.getPath())
                    .build())
            .build());
  }

  /** The errors of a request that was rejected before execution. */
  static List<GraphQLError> of(RefusedRequestException refused, Problems problems) {
    if (refused.errors().isEmpty()) {
      GraphqlErrorBuilder<?> error =
          error(
              refused.code(),
              problems.of(
                  refused.type(), refused.detail().in(problems.language()), List.of(), Map.of()));
      refused.message().ifPresent(error::message);
      return List.of(error.build());
    }
    return refused.errors().stream()
        .map(
            error ->
                error(refused.code(), problem(error, refused, problems))
                    .locations(error.getLocations())
                    .build())
        .toList();
  }

  /** Adds code and problem to an error that the GraphQL library found. */
  static GraphQLError complete(GraphQLError error, Problems problems) {
    return error.getExtensions() != null && error.getExtensions().containsKey("problem")
        ? error
        : error(
                "invalid_value",
                problems.of(
                    ProblemType.INVALID_DOCUMENT,
                    LibraryMessage.told(error.getMessage()),
                    List.of(),
                    Map.of()))
            .locations(error.getLocations())
            .path(error.getPath())
            .build();
  }

  /** An error with the code of its problem type. */
  static GraphQLError of(Problem problem) {
    return error(code(problem), problem).build();
  }

  /** The HTTP status of an error; 400 for errors of the GraphQL library. */
  static int status(GraphQLError error) {
    return error.getExtensions() != null
            && error.getExtensions().get("problem") instanceof Problem problem
        ? problem.status()
        : 400;
  }

  private static Problem problem(
      GraphQLError error, RefusedRequestException refused, Problems problems) {
    List<String> nearest =
        error.getLocations() == null || error.getLocations().isEmpty()
            ? List.of()
            : refused.suggestions().at(error.getLocations().get(0));
    String message = LibraryMessage.told(error.getMessage());
    return problems.of(
        refused.type(),
        message,
        nearest.isEmpty()
            ? List.of()
            : List.of(new Problem.Item("query", message, refused.code(), nearest)),
        Map.of());
  }

  private static GraphqlErrorBuilder<?> error(String code, Problem problem) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code);
    extensions.put("problem", problem);
    return GraphqlErrorBuilder.newError().message("%s", problem.detail()).extensions(extensions);
  }

  /** The last path segment or the fragment of the problem's address. */
  private static String code(Problem problem) {
    String type = problem.type();
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1)
        .replace('-', '_');
  }

  /** Whether an error concerns the caller and not the operation. */
  static boolean isPersonal(GraphQLError error) {
    return error.getExtensions() != null
        && PERSONAL.contains(String.valueOf(error.getExtensions().get("code")));
  }

  /** Unwraps a failure from the exceptions that libraries put around it. */
  private static Throwable cause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof QuestionException
          || cause instanceof TooLargeException
          || cause instanceof DataUnavailableException
          || cause instanceof ReplacedException
          || cause instanceof CoercingParseLiteralException
          || cause instanceof CoercingParseValueException
          || RequestAccount.isPersonal(cause)) {
        return cause;
      }
    }
    return failure;
  }
}
