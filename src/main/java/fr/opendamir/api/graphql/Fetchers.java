package fr.opendamir.api.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import io.smallrye.mutiny.Uni;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Collects the fetchers of all fields of the schema. Fields are read from objects of the domain.
 */
final class Fetchers {
  private final GraphQLCodeRegistry.Builder registry = GraphQLCodeRegistry.newCodeRegistry();

  /** The fetchers of one type. */
  final class OfType<S> {
    private final String type;
    private final Class<S> source;

    private OfType(String type, Class<S> source) {
      this.type = type;
      this.source = source;
    }

    /** Adds a field that depends on its object alone: the cheapest to fetch. */
    OfType<S> field(String name, Function<S, ?> value) {
      return add(
          name,
          new LightDataFetcher<Object>() {
            @Override
            public Object get(
                GraphQLFieldDefinition definition,
                Object object,
                Supplier<DataFetchingEnvironment> environment) {
              return value.apply(source.cast(object));
            }

            @Override
            public Object get(DataFetchingEnvironment environment) {
              return value.apply(source.cast(environment.getSource()));
            }
          });
    }

    /** Adds a field that depends on arguments or on the operation. */
    OfType<S> field(String name, BiFunction<S, DataFetchingEnvironment, ?> value) {
      return add(
          name, environment -> value.apply(source.cast(environment.getSource()), environment));
    }

    private OfType<S> add(String name, DataFetcher<?> fetcher) {
      registry.dataFetcher(FieldCoordinates.coordinates(type, name), fetcher);
      return this;
    }
  }

  /** Starts the fetchers of a type. */
  <S> OfType<S> type(String name, Class<S> source) {
    return new OfType<>(name, source);
  }

  /** Adds a field of the query. */
  Fetchers query(String name, Function<DataFetchingEnvironment, Object> answer) {
    registry.dataFetcher(
        FieldCoordinates.coordinates("Query", name),
        (DataFetcher<?>) environment -> stage(answer.apply(environment)));
    return this;
  }

  /** What the library waits for. */
  static Object stage(Object answer) {
    return answer instanceof Uni<?> later ? later.subscribeAsCompletionStage() : answer;
  }

  GraphQLCodeRegistry.Builder registry() {
    return registry;
  }
}
