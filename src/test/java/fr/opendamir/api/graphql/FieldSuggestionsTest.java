package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suggestions stand where the library reports what is wrong, for every kind of name. */
class FieldSuggestionsTest {
  private static GraphQLSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    schema =
        new SchemaGenerator()
            .makeExecutableSchema(
                new SchemaParser().parse(Files.readString(Path.of("openapi/schema.graphql"))),
                RuntimeWiring.newRuntimeWiring().wiringFactory(new MockedWiringFactory()).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ spending { nodes { mois } } } | month",
        "{ spending { nodes { remboursement } } } | reimbursed",
        "{ spending { nodes { reste_a_charge } } } | outOfPocket",
        "{ spending { nodes { excess_fees } } } | excessFees",
        "{ spending { nodes { region { libelle } } } } | label",
        "{ spending { edges { region { code } } } } | nodes",
        "{ spending { total_count } } | totalCount",
        "{ aggregates { totalCount } } | spending",
        "{ spending(limit: 5) { totalCount } } | first",
        "{ spending(sort: 5) { totalCount } } | orderBy",
        "{ spending(order_by: []) { totalCount } } | orderBy",
        "{ spending(where: {}) { totalCount } } | filter",
        "{ spending(cursor: \"x\") { totalCount } } | after",
        "{ spending(filter: { sexe: { in: [\"1\"] } }) { totalCount } } | sex",
        "{ spending(filter: { tranche_age: { in: [\"0\"] } }) { totalCount } } | ageBand",
        "{ spending(filter: { month: { start: \"2024-01\" } }) { totalCount } } | from",
        "{ spending(filter: { sex: { exclude: [\"1\"] } }) { totalCount } } | notIn",
        "{ spending(orderBy: [{ measure: REMBOURSEMENT }]) { totalCount } } | REIMBURSED",
        "{ spending(orderBy: { measure: DEPENSE }) { totalCount } } | CHARGED",
        "{ spending(orderBy: [{ dimension: SEX, direction: DESCENDING }]) { totalCount } } | DESC",
        "{ spending(having: [{ measure: CHARGED, is: GTE, value: 1 }]) { totalCount } } | GE",
        "{ spending(totals: TOTAL) { totalCount } } | GRAND",
        "{ spending { nodes { region { label(lang: ENGLISH) } } } } | EN",
        "{ spending { nodes { region { label(langue: EN) } } } } | lang",
        "{ dimensions { codes(q: \"x\") { code } } } | search",
        "query Q { spending { ...F } } fragment F on Spending { nodes { trimestre } } | quarter"
      })
  void namesThatDoNotExistAreGivenThoseThatDo(String query, String suggested) {
    Document document = new Parser().parseDocument(query);
    List<ValidationError> errors =
        new Validator().validateDocument(schema, document, Locale.ENGLISH);

    FieldSuggestions suggestions = FieldSuggestions.of(errors, document, schema);

    assertThat(errors).as(query).isNotEmpty();
    assertThat(suggestions.at(errors.get(0).getLocations().get(0)))
        .as(query)
        .first()
        .isEqualTo(suggested);
  }
}
