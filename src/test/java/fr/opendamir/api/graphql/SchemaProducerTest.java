package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.reference.ReferenceTables;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaProducerTest {
  private static final Catalog CATALOG = Catalog.load();

  private final GraphQLSchema schema =
      SchemaProducer.schema(
          CATALOG,
          new SpendingQueries(CATALOG, null, null),
          new VocabularyQueries(CATALOG, null, null),
          new LimitQueries(null, null),
          new FileFields(null),
          new ReferenceQueries(ReferenceTables.load()));

  @Test
  void theSchemaIsTheCommittedOne() throws IOException {
    assertThat(SchemaRoute.print(schema))
        .isEqualTo(Files.readString(Path.of("openapi", "schema.graphql")));
  }

  /** A field without one would be read by reflection, and be null where nothing is found. */
  @Test
  void everyFieldHasAFetcher() {
    List<FieldCoordinates> without =
        schema.getAllTypesAsList().stream()
            .filter(GraphQLObjectType.class::isInstance)
            .map(GraphQLObjectType.class::cast)
            .filter(type -> !type.getName().startsWith("__"))
            .flatMap(
                type ->
                    type.getFieldDefinitions().stream()
                        .map(field -> FieldCoordinates.coordinates(type, field)))
            .filter(place -> !schema.getCodeRegistry().hasDataFetcher(place))
            .toList();
    assertThat(without).isEmpty();
  }

  @Test
  void periodsAreFilteredByRangeAndCodesByList() {
    GraphQLInputObjectType filter = (GraphQLInputObjectType) schema.getType("SpendingFilter");
    assertThat(
            List.of("month", "year", "serviceKind").stream()
                .map(field -> GraphQLTypeUtil.simplePrint(filter.getField(field).getType())))
        .containsExactly("MonthFilter", "PeriodFilter", "CodeFilter");
  }
}
