package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.api.doors.RolledUpMonths;
import fr.opendamir.api.http.Problems;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.ReleaseCatalog;
import graphql.execution.AsyncExecutionStrategy;
import graphql.schema.GraphQLSchema;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that are written column by column are byte by byte what GraphQL makes field by field from
 * the fetchers of the schema.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class NodeExecutionStrategyApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, Object> VARIABLES =
      Map.of("yes", true, "no", false, "lang", "EN");

  @Inject GraphQLSchema schema;
  @Inject Catalog catalog;
  @Inject GraphqlConfig config;
  @Inject Documents documents;
  @Inject ReleaseCatalog releases;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity charged reimbursed excessFees reimbursementBase reimbursedAll outOfPocket"
            + " notCovered reimbursementRate excessRate status",
        "service { code } averageCharge averageReimbursed quantity status",
        "month quarter year status",
        "month region { code label } charged",
        "careLag { label code } region { label } ageBand { code } sex { label } supplement { code }"
            + " complementaryCover { label } status",
        "service { label } serviceGroup { label } serviceKind { label } reimbursed",
        "providerSpecialty { label } providerActivity { label } facilityType { label } reimbursed",
        "exemption { label } exemptionGroup { label } insurance { label } reimbursed",
        "region { fr: label(lang: FR) en: label(lang: EN) label again: label code c: code }"
            + " charged",
        "region { label(lang: $lang) null: label(lang: null) } charged",
        "__typename a: __typename region { __typename kind: __typename code } charged",
        "__typename",
        "status",
        "a: status b: status charged c: charged",
        "region { code } region { label } again: region { code } charged",
        "... on SpendingNode { region { code } } ... { region { label(lang: EN) } } charged",
        "...Region charged ...Region ...Both",
        "charged @skip(if: $no) quantity @skip(if: $yes) region @include(if: $no) { code }"
            + " sex @include(if: $yes) { code label @skip(if: true) }",
        "... @include(if: false) { region { code } } ... @include(if: $yes) { sex { code } }"
            + " charged",
        "... @skip(if: true) { ...Region } ...Both @include(if: $yes)",
        "charged month reimbursed region { code } quantity sex { code } status",
        "a: month b: month c: quarter charged",
      })
  void theSameBytesAsFieldByField(String selection) {
    String spending =
        "{ nodes { " + selection + " } totalCount pageInfo { endCursor } warnings __typename }";
    String document =
        "query Asked($yes: Boolean!, $no: Boolean!, $lang: Language) {"
            + " used: __type(name: \"Code\") @skip(if: $yes) { name @skip(if: $no)"
            + "   fields { name } }"
            + " unused: dimensions @skip(if: true) { label(lang: $lang) }"
            + " spending(totals: ROLLUP, first: 300) "
            + spending
            + " english: spending(first: 7) "
            + spending
            + "}"
            + " fragment Region on SpendingNode { region { ...Texts } }"
            + " fragment Texts on Code { code label }"
            + " fragment Both on SpendingNode { ...Region sex { ...Texts fr: label(lang: FR) } }"
            + " query Unused { spending { nodes { ...Region ...Both } } }";
    requireTheSame(document, "\"nodes\":[{");
  }

  @Test
  void theSameBytesForCodeListsAsByTheMethodsOfTheSchema() {
    requireTheSame(
        "query Asked($lang: Language) { dimensions { name codes(search: \"a\") { ...Texts"
            + " serviceGroup { code fr: label(lang: FR) } serviceKind { label(lang: $lang) }"
            + " exemptionGroup { code label } __typename } } }"
            + " fragment Texts on DimensionCode { code label en: label(lang: EN) }",
        "\"serviceGroup\":{\"code\"");
  }

  private void requireTheSame(String document, String evidence) {
    for (Language language : Language.values()) {
      String written = execute(new GraphqlEngine(schema, catalog, config), document, language);
      assertThat(written)
          .contains(evidence)
          .doesNotContain("\"errors\"")
          .isEqualTo(
              execute(
                  new GraphqlEngine(
                      schema, new AsyncExecutionStrategy(new GraphqlErrors()), config),
                  document,
                  language));
    }
  }

  private String execute(GraphqlEngine engine, String document, Language language) {
    GraphqlRequest request =
        new GraphqlRequest(
            Optional.of(document),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Asked"),
            VARIABLES);
    Operation operation = Operation.of(documents.understand(document, request, true), request);
    return engine
        .execute(
            operation,
            new Asked(
                new Problems(language, "/graphql", "test"),
                AnswerRequest.unlimited(),
                releases.served().await().atMost(PATIENCE)))
        .await()
        .atMost(PATIENCE)
        .body()
        .toString();
  }
}
