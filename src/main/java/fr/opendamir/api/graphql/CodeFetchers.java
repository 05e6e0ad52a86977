package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.Code;
import fr.opendamir.api.graphql.schema.DimensionCode;
import fr.opendamir.api.graphql.schema.LabelLanguage;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.LightDataFetcher;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fetches the fields of codes, of which an answer may have thousands, without what SmallRye does
 * for each field: it writes down the whole selection, so that all code lists took most of a second.
 * The methods of the same names say the same.
 */
final class CodeFetchers {
  private CodeFetchers() {}

  /** The schema with these fetchers in the place of SmallRye's. */
  static GraphQLSchema in(GraphQLSchema schema, Catalog catalog) {
    GraphQLCodeRegistry registry =
        schema
            .getCodeRegistry()
            .transform(
                fetchers -> {
                  property(fetchers, "Code", "code", Code.class, Code::getCode);
                  label(
                      fetchers,
                      "Code",
                      Code.class,
                      code -> catalog.label(code.level(), code.getCode()));
                  property(
                      fetchers,
                      "DimensionCode",
                      "code",
                      DimensionCode.class,
                      DimensionCode::getCode);
                  label(
                      fetchers, "DimensionCode", DimensionCode.class, code -> code.entry().label());
                  property(
                      fetchers,
                      "DimensionCode",
                      "serviceGroup",
                      DimensionCode.class,
                      DimensionCode::getServiceGroup);
                  property(
                      fetchers,
                      "DimensionCode",
                      "serviceKind",
                      DimensionCode.class,
                      DimensionCode::getServiceKind);
                  property(
                      fetchers,
                      "DimensionCode",
                      "exemptionGroup",
                      DimensionCode.class,
                      DimensionCode::getExemptionGroup);
                });
    return schema.transformWithoutTypes(builder -> builder.codeRegistry(registry));
  }

  private static <S> void property(
      GraphQLCodeRegistry.Builder fetchers,
      String type,
      String field,
      Class<S> source,
      Function<S, Object> get) {
    LightDataFetcher<Object> fetcher =
        new LightDataFetcher<>() {
          @Override
          public Object get(
              GraphQLFieldDefinition definition,
              Object from,
              Supplier<DataFetchingEnvironment> environment) {
            return get.apply(source.cast(from));
          }

          @Override
          public Object get(DataFetchingEnvironment environment) {
            return get.apply(source.cast(environment.getSource()));
          }
        };
    fetchers.dataFetcher(FieldCoordinates.coordinates(type, field), fetcher);
  }

  private static <S> void label(
      GraphQLCodeRegistry.Builder fetchers,
      String type,
      Class<S> source,
      Function<S, Label> label) {
    DataFetcher<String> fetcher =
        environment -> label.apply(source.cast(environment.getSource())).in(language(environment));
    fetchers.dataFetcher(FieldCoordinates.coordinates(type, "label"), fetcher);
  }

  private static Language language(DataFetchingEnvironment environment) {
    Object asked = environment.getArgument("lang");
    if (asked != null) {
      return LabelLanguage.valueOf(String.valueOf(asked)).language();
    }
    Asked request = environment.getGraphQlContext().get(Asked.class);
    return request.problems().language();
  }
}
