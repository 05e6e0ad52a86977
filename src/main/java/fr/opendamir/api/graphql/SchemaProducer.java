package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Having;
import fr.opendamir.question.Totals;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.EnumValuesProvider;
import graphql.schema.idl.NaturalEnumValuesProvider;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeRuntimeWiring;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the schema: the types in {@code types.graphql}, the types that follow from the catalog, and
 * the fetchers of all fields.
 */
class SchemaProducer {
  @Produces
  @Singleton
  static GraphQLSchema schema(
      Catalog catalog,
      SpendingQueries spending,
      VocabularyQueries vocabulary,
      LimitQueries limits,
      FileFields files,
      ReferenceQueries references) {
    Fetchers fetchers = new Fetchers();
    spending.addTo(fetchers);
    vocabulary.addTo(fetchers);
    limits.addTo(fetchers);
    files.addTo(fetchers);
    references.addTo(fetchers);
    ReleaseTypes.addTo(fetchers);
    TypeDefinitionRegistry types = new SchemaParser().parse(template());
    new CatalogTypes(catalog).addTo(types);
    return new SchemaGenerator()
        .makeExecutableSchema(
            SchemaGenerator.Options.defaultOptions().captureAstDefinitions(false),
            types,
            RuntimeWiring.newRuntimeWiring()
                .strictMode(false) // Int is replaced
                .codeRegistry(fetchers.registry())
                .scalar(NumberType.INT)
                .scalar(NumberType.BIG_INTEGER)
                .scalar(NumberType.BIG_DECIMAL)
                .type(values("DimensionName", Level.values(), SchemaNames::value))
                .type(values("MeasureName", Measure.values(), SchemaNames::value))
                .type(values("Comparison", new NaturalEnumValuesProvider<>(Having.Operator.class)))
                .type(values("ComparedPeriod", new NaturalEnumValuesProvider<>(Comparison.class)))
                .type(
                    values(
                        "ValueOfMeasure", new NaturalEnumValuesProvider<>(MeasureValue.Kind.class)))
                .type(values("FilledPeriods", new NaturalEnumValuesProvider<>(Fill.class)))
                .type(values("Language", new NaturalEnumValuesProvider<>(Language.class)))
                .type(
                    values(
                        "StandardPopulation",
                        new NaturalEnumValuesProvider<>(StandardPopulation.class)))
                .type(values("TotalRows", new NaturalEnumValuesProvider<>(Totals.class)))
                .build());
  }

  private static <T> TypeRuntimeWiring values(String type, T[] all, Function<T, String> valueName) {
    Map<String, T> byName =
        Arrays.stream(all).collect(Collectors.toMap(valueName, Function.identity()));
    return values(type, byName::get);
  }

  private static TypeRuntimeWiring values(String type, EnumValuesProvider values) {
    return TypeRuntimeWiring.newTypeWiring(type).enumValues(values).build();
  }

  private static InputStreamReader template() {
    InputStream types = SchemaProducer.class.getResourceAsStream("types.graphql");
    return new InputStreamReader(types, StandardCharsets.UTF_8);
  }
}
