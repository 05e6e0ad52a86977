package fr.opendamir.api.graphql;

import graphql.execution.DataFetcherResult;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has every list of vocabulary, introspection included, paid for when its length is known and
 * before anything is done with its members: so many members, times what is selected of each. Nodes
 * of spending have a price of their own.
 */
final class PricedLists {
  /** What a field takes besides the bytes it adds to the answer, in those. */
  private static final long FIELD = 32;

  /** Bytes of a usual value. */
  static final long VALUE = 32;

  /** Type of a type of a type: tools ask for ten of them, and there are three at most. */
  private static final String INNER_TYPE = "ofType";

  private PricedLists() {}

  /** The schema with lists that are paid for. */
  static GraphQLSchema in(GraphQLSchema schema) {
    GraphQLCodeRegistry known = schema.getCodeRegistry();
    GraphQLCodeRegistry priced =
        known.transform(
            fetchers ->
                schema.getAllTypesAsList().stream()
                    .filter(GraphQLObjectType.class::isInstance)
                    .map(GraphQLObjectType.class::cast)
                    .forEach(type -> price(type, known, fetchers)));
    return schema.transformWithoutTypes(builder -> builder.codeRegistry(priced));
  }

  private static void price(
      GraphQLObjectType type, GraphQLCodeRegistry known, GraphQLCodeRegistry.Builder fetchers) {
    for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
      FieldCoordinates place = FieldCoordinates.coordinates(type, field);
      if (isList(field.getType()) && !isOfNodes(field)) {
        fetchers.dataFetcher(place, priced(known.getDataFetcher(place, field)));
      }
    }
  }

  private static boolean isList(GraphQLType type) {
    return GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList;
  }

  private static boolean isOfNodes(GraphQLFieldDefinition field) {
    return GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLNamedOutputType node
        && node.getName().equals("SpendingNode");
  }

  private static DataFetcher<Object> priced(DataFetcher<?> fetcher) {
    return environment -> {
      Object fetched = fetcher.get(environment);
      return fetched instanceof CompletionStage<?> later
          ? later.thenCompose(result -> paid(result, environment))
          : paid(fetched, environment);
    };
  }

  private static CompletionStage<Object> paid(Object result, DataFetchingEnvironment environment) {
    Object list = result instanceof DataFetcherResult<?> wrapped ? wrapped.getData() : result;
    if (!(list instanceof Collection<?> members)) {
      return CompletableFuture.completedFuture(result); // null, or a failure
    }
    Asked asked = environment.getGraphQlContext().get(Asked.class);
    long member =
        asked.weightOfMember(environment.getMergedField().getFields(), () -> ofMember(environment));
    return asked.pay(members.size() * member).thenApply(paid -> result);
  }

  private static long ofMember(DataFetchingEnvironment environment) {
    GraphQLType type = GraphQLTypeUtil.unwrapAll(environment.getFieldType());
    if (!(type instanceof GraphQLObjectType object)) {
      return VALUE;
    }
    Walk walk = new Walk(environment.getFragmentsByName());
    environment.getMergedField().getFields().stream()
        .map(Field::getSelectionSet)
        .forEach(selections -> walk.visit(selections, object));
    return walk.weight;
  }

  /** What is selected of one member; lists in it are paid for by themselves. */
  private static final class Walk {
    private final Map<String, FragmentDefinition> fragments;

    /** Fields that say the same in the same object are answered once. */
    private final Set<List<Object>> counted = new HashSet<>();

    private long weight;

    Walk(Map<String, FragmentDefinition> fragments) {
      this.fragments = fragments;
    }

    void visit(SelectionSet selections, GraphQLObjectType type) {
      if (selections == null) {
        return;
      }
      for (Selection<?> selection : selections.getSelections()) {
        if (selection instanceof Field field) {
          visit(field, type);
        } else if (selection instanceof InlineFragment inline) {
          visit(inline.getSelectionSet(), type);
        } else {
          visit(fragments.get(((FragmentSpread) selection).getName()).getSelectionSet(), type);
        }
      }
    }

    private void visit(Field field, GraphQLObjectType type) {
      if (field.getSelectionSet() == null && !counted.add(List.of(type, field.getResultKey()))) {
        return;
      }
      weight += FIELD + VALUE + field.getResultKey().length();
      GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
      if (definition != null
          && !isList(definition.getType())
          && !field.getName().equals(INNER_TYPE)
          && GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLObjectType below) {
        visit(field.getSelectionSet(), below);
      }
    }
  }
}
