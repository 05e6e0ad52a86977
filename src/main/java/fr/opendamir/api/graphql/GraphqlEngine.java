package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.ReplacedException;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.ExecutionStrategy;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.GraphQLSchema;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Executes operations of valid documents. */
@ApplicationScoped
class GraphqlEngine {
  /**
   * What came of an operation.
   *
   * @param status that of the gravest error where there is nothing else to tell, else 200
   * @param units what was charged for it
   * @param isPersonal whether it tells errors that only the caller had
   */
  record Outcome(Buffer body, boolean hasErrors, int status, long units, boolean isPersonal) {}

  private final GraphQL graphql;
  private final int maxAnswerBytes;

  @Inject
  GraphqlEngine(GraphQLSchema schema, Catalog catalog, GraphqlConfig config) {
    this(schema, new NodeExecutionStrategy(new GraphqlErrors(), catalog), config);
  }

  /** Executes by another strategy, which should give the same. */
  GraphqlEngine(GraphQLSchema schema, ExecutionStrategy strategy, GraphqlConfig config) {
    this.maxAnswerBytes = config.maxAnswerBytes();
    this.graphql =
        GraphQL.newGraphQL(PricedLists.in(schema))
            .queryExecutionStrategy(strategy)
            .defaultDataFetcherExceptionHandler(new GraphqlErrors())
            .instrumentation(SimplePerformantInstrumentation.INSTANCE)
            // documents are parsed and validated before they come here
            .preparsedDocumentProvider(
                (input, parse) ->
                    CompletableFuture.completedFuture(
                        input.getGraphQLContext().get(PreparsedDocumentEntry.class)))
            .build();
  }

  /**
   * Executes an operation; its work stops where the result is cancelled.
   *
   * @return fails with {@link ReplacedException} where a release was withdrawn that it was asked
   *     from, and where nothing could be executed
   */
  Uni<Outcome> execute(Operation operation, Asked asked) {
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput()
            .query("") // the document is in the context
            .variables(operation.variables())
            .locale(Locale.ENGLISH)
            .graphQLContext(context -> prepare(context, operation, asked));
    operation.name().ifPresent(input::operationName);
    return Uni.createFrom()
        .completionStage(() -> graphql.executeAsync(input.build()))
        .onCancellation()
        .invoke(asked::stop)
        .map(result -> outcome(result, asked));
  }

  private static void prepare(GraphQLContext.Builder context, Operation operation, Asked asked) {
    context.of(Asked.class, asked);
    context.of(
        PreparsedDocumentEntry.class, new PreparsedDocumentEntry(operation.document(), List.of()));
  }

  private Outcome outcome(ExecutionResult result, Asked asked) {
    if (asked.isReplaced()) {
      asked.refund();
      throw new ReplacedException();
    }
    List<GraphQLError> errors =
        result.getErrors().stream()
            .limit(GraphqlErrors.MOST_ERRORS)
            .map(error -> GraphqlErrors.complete(error, asked.problems()))
            .toList();
    Map<String, Object> data = result.getData();
    boolean isPersonal = errors.stream().anyMatch(GraphqlErrors::isPersonal);
    boolean isNothing =
        !errors.isEmpty() && (data == null || data.values().stream().noneMatch(Objects::nonNull));
    if (isNothing) {
      // Nothing but failures is a failure, and says so in the status, as REST does.
      return failed(errors, 0, isPersonal);
    }
    try {
      return new Outcome(
          GraphqlJson.write(data, errors, asked, maxAnswerBytes),
          !errors.isEmpty(),
          200,
          asked.actualUnits(),
          isPersonal);
    } catch (RefusedRequestException e) {
      return failed(GraphqlErrors.of(e, asked.problems()), asked.actualUnits(), false);
    }
  }

  private static Outcome failed(List<GraphQLError> errors, long units, boolean isPersonal) {
    return new Outcome(
        GraphqlJson.write(errors),
        true,
        errors.stream().mapToInt(GraphqlErrors::status).max().orElseThrow(),
        units,
        isPersonal);
  }
}
