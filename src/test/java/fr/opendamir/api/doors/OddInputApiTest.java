package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Random bodies and variables through the whole service, where the plain tests go as far as the
 * question: each is answered, or refused with what is wrong.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class OddInputApiTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void noBodyIsAFailureOfOurs() {
    List<String> members =
        List.of(
            "group_by",
            "measures",
            "region",
            "month",
            "year",
            "sex",
            "BEN_RES_REG",
            "service",
            "having",
            "sort",
            "totals",
            "labels",
            "lang",
            "limit",
            "cursor",
            "release",
            "format",
            "dry_run",
            "from",
            "to",
            "last",
            "filters",
            "months");
    List<String> shapes =
        List.of(
            "null",
            "[]",
            "\"\"",
            "[\"\"]",
            "{}",
            "[null]",
            "[[]]",
            "true",
            "1e400",
            "100.0",
            "1e2",
            "-0",
            "11",
            "\"11\"",
            "[\"!11\",\"84\"]",
            "\"2024-01\"",
            "{\"region\":11}",
            "[{}]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "9".repeat(400),
            "\"charged\"",
            "[\"region\",\"sex\"]",
            "0.1",
            "-1",
            "{\"in\":[null]}",
            "{\"in\":11,\"notIn\":{}}",
            "\"csv\"",
            "\"all\"");
    AtomicInteger answered = new AtomicInteger();
    SideBySide.check(
        Draws.sources(new Random(14), 700),
        source -> {
          Random random = source.random();
          List<String> parts = new ArrayList<>();
          for (int part = 0; part <= random.nextInt(3); part++) {
            parts.add("\"" + pick(members, random) + "\":" + pick(shapes, random));
          }
          String body = "{" + String.join(",", parts) + "}";
          Response response =
              given().contentType("application/json").body(body).post("/v1/aggregates/query");
          assertThat(response.statusCode()).as("%s: %s", body, response.asString()).isIn(200, 400);
          answered.addAndGet(response.statusCode() == 200 ? 1 : 0);
          if (response.statusCode() == 400) {
            assertThat(response.<String>path("errors[0].parameter")).as(body).isNotBlank();
          }
        });
    assertThat(answered).hasValueGreaterThan(50);
  }

  @Test
  void noVariableIsAFailureOfOurs() {
    String document =
        "query Q($filter: SpendingFilter, $having: [MeasureCondition!], $orderBy: [SpendingOrder!],"
            + " $totals: TotalRows, $first: Int, $after: String, $release: String) {"
            + " spending(filter: $filter, having: $having, orderBy: $orderBy, totals: $totals,"
            + " first: $first, after: $after, release: $release)"
            + " { totalCount nodes { region { code } reimbursed } } }";
    List<String> names =
        List.of("filter", "having", "orderBy", "totals", "first", "after", "release");
    List<String> scalars =
        List.of(
            "null",
            "[]",
            "\"\"",
            "{}",
            "true",
            "1e400",
            "100.0",
            "1e2",
            "-0",
            "11",
            "\"11\"",
            "[null]",
            "[[]]",
            "[\"\"]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "0.5",
            "9".repeat(60),
            "[\"11\"]",
            "\"REIMBURSED\"",
            "\"GE\"",
            "\"ASC\"",
            "\"GRAND\"",
            "\"2024-01\"");
    List<String> inner =
        List.of(
            "month",
            "quarter",
            "year",
            "region",
            "sex",
            "in",
            "notIn",
            "from",
            "to",
            "last",
            "measure",
            "is",
            "value",
            "dimension",
            "direction",
            "foo");
    AtomicInteger answered = new AtomicInteger();
    SideBySide.check(
        Draws.sources(new Random(15), 700),
        source -> {
          Random random = source.random();
          ObjectNode variables = JSON.createObjectNode();
          for (int part = 0; part <= random.nextInt(2); part++) {
            String name = pick(names, random);
            variables.set(
                name,
                random.nextBoolean()
                    ? shape(scalars, inner, 3, random)
                    : likely(name, shape(scalars, inner, random.nextInt(2), random), random));
          }
          String body =
              JSON.createObjectNode().put("query", document).set("variables", variables).toString();
          Response response = given().contentType("application/json").body(body).post("/graphql");
          assertThat(response.statusCode())
              .as("%s: %s", variables, response.asString())
              .isIn(200, 400);
          JsonNode answer = JSON.readTree(response.asString());
          answer
              .path("errors")
              .forEach(
                  error ->
                      assertThat(error.at("/extensions/code").asText())
                          .as("%s: %s", variables, error)
                          .isNotBlank()
                          .doesNotContain("internal"));
          answered.addAndGet(answer.path("errors").isMissingNode() ? 1 : 0);
        });
    assertThat(answered).hasValueGreaterThan(20);
  }

  /** What comes as far as the question: something odd where the schema takes nearly anything. */
  private static JsonNode likely(String name, JsonNode odd, Random random) throws IOException {
    JsonNode text = random.nextInt(3) == 0 ? odd : JSON.readTree("\"2024-01\"");
    return switch (name) {
      case "filter" ->
          JSON.createObjectNode()
              .set(
                  pick(List.of("month", "year", "region", "sex"), random),
                  JSON.createObjectNode()
                      .set(pick(List.of("in", "notIn", "from", "to", "last"), random), text));
      case "having" ->
          JSON.createObjectNode()
              .put("measure", "REIMBURSED")
              .put("is", "GE")
              .set("value", random.nextBoolean() ? odd : JSON.readTree("100.0"));
      case "orderBy" ->
          JSON.createArrayNode()
              .add(JSON.createObjectNode().put("measure", "REIMBURSED").set("direction", odd));
      case "totals" -> JSON.readTree("\"GRAND\"");
      case "first" -> JSON.readTree(pick(List.of("1", "100.0", "1e2", "null"), random));
      default -> JSON.readTree("null");
    };
  }

  private static JsonNode shape(List<String> scalars, List<String> inner, int depth, Random random)
      throws IOException {
    if (depth == 0 || random.nextInt(3) == 0) {
      return JSON.readTree(pick(scalars, random));
    }
    if (random.nextInt(3) == 0) {
      return JSON.createArrayNode().add(shape(scalars, inner, depth - 1, random));
    }
    ObjectNode object = JSON.createObjectNode();
    for (int part = 0; part <= random.nextInt(3); part++) {
      object.set(pick(inner, random), shape(scalars, inner, depth - 1, random));
    }
    return object;
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
