package fr.opendamir.api.graphql;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The schema is committed, so that a change of it is seen and meant; it explains everything. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class SchemaContractTest {
  private static final Path SERVED = Path.of("target", "schema.graphql");
  private static final Path COMMITTED = Path.of("openapi", "schema.graphql");

  @Inject GraphQLSchema schema;
  @Inject Catalog catalog;

  @Test
  void theServiceServesTheCommittedSchema() throws IOException {
    String served = given().get("/graphql/schema.graphql").asString();
    Files.writeString(SERVED, served);
    assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
        .as("the schema changed; if that is meant: cp %s %s", SERVED, COMMITTED)
        .isEqualTo(served);
  }

  @Test
  void everyTypeFieldArgumentAndValueIsExplained() {
    SoftAssertions all = new SoftAssertions();
    for (GraphQLNamedType type : ownTypes()) {
      requireDescription(all, type.getName(), type);
      if (type instanceof GraphQLObjectType object) {
        for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
          requireDescription(all, type.getName(), field);
          for (GraphQLArgument argument : field.getArguments()) {
            requireDescription(all, type.getName() + "." + field.getName(), argument);
          }
        }
      } else if (type instanceof GraphQLInputObjectType input) {
        for (GraphQLInputObjectField field : input.getFieldDefinitions()) {
          requireDescription(all, type.getName(), field);
        }
      } else if (type instanceof GraphQLEnumType values) {
        for (GraphQLEnumValueDefinition value : values.getValues()) {
          requireDescription(all, type.getName(), value);
        }
      }
    }
    all.assertAll();
  }

  @Test
  void nodesAndFiltersHaveEveryDimensionAndMeasureOfTheCatalog() {
    List<String> dimensions = Arrays.stream(Level.values()).map(SchemaNames::field).toList();
    List<String> measures = Arrays.stream(Measure.values()).map(SchemaNames::field).toList();
    assertThat(fields("SpendingNode"))
        .hasSize(dimensions.size() + 4 * measures.size() + 2) // of comparisons too, and statuses
        .containsAll(dimensions)
        .containsAll(measures)
        .contains("status");
    assertThat(
            schema.getTypeAs("SpendingFilter") instanceof GraphQLInputObjectType filter
                ? filter.getFieldDefinitions().stream()
                    .map(GraphQLInputObjectField::getName)
                    .toList()
                : List.of())
        .containsExactlyInAnyOrderElementsOf(dimensions);
  }

  @Test
  void dimensionsAndMeasuresAreExplainedInTheWordsOfTheCatalog() {
    SoftAssertions all = new SoftAssertions();
    GraphQLObjectType node = schema.getObjectType("SpendingNode");
    for (Level level : Level.values()) {
      all.assertThat(node.getFieldDefinition(SchemaNames.field(level)).getDescription())
          .contains(catalog.describe(level).description().en());
      all.assertThat(value("DimensionName", SchemaNames.value(level)))
          .contains(catalog.describe(level).description().en());
    }
    for (Measure measure : Measure.values()) {
      all.assertThat(node.getFieldDefinition(SchemaNames.field(measure)).getDescription())
          .contains(catalog.describe(measure).description().en());
      all.assertThat(value("MeasureName", SchemaNames.value(measure)))
          .contains(catalog.describe(measure).description().en());
    }
    all.assertAll();
  }

  @Test
  void nothingIsDeprecatedYet() {
    // Who deprecates a field says so by the directive, with a reason, and names it here.
    assertThat(ownTypes())
        .filteredOn(GraphQLObjectType.class::isInstance)
        .flatExtracting(type -> ((GraphQLObjectType) type).getFieldDefinitions())
        .filteredOn(GraphQLFieldDefinition::isDeprecated)
        .isEmpty();
  }

  private List<GraphQLNamedType> ownTypes() {
    List<GraphQLNamedType> types =
        schema.getAllTypesAsList().stream()
            .filter(type -> !type.getName().startsWith("__"))
            .toList();
    assertThat(types).hasSizeGreaterThan(20);
    return types;
  }

  private List<String> fields(String type) {
    return schema.getObjectType(type).getFieldDefinitions().stream()
        .map(GraphQLFieldDefinition::getName)
        .toList();
  }

  private String value(String type, String name) {
    return schema.getType(type) instanceof GraphQLEnumType values
        ? values.getValue(name).getDescription()
        : "";
  }

  private static void requireDescription(
      SoftAssertions all, String owner, GraphQLNamedSchemaElement element) {
    all.assertThat(element.getDescription())
        .as("description of %s in %s", element.getName(), owner)
        .isNotBlank();
  }
}
