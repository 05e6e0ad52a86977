package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The contract is committed, so that a change of it is seen and meant. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class OpenApiContractTest {
  private static final String NAMESPACES_OF_SDMX = "http://www.sdmx.org/resources/sdmxml/";

  private static final Path SERVED = Path.of("target", "openapi.yaml");

  @Test
  void theServiceServesTheCommittedContract() throws IOException {
    String served = given().accept("application/yaml").get("/openapi").asString();
    Files.writeString(SERVED, served);
    String committed =
        Files.exists(ContractDocument.FILE) ? Files.readString(ContractDocument.FILE) : "";
    assertThat(committed)
        .as("the contract changed; if that is meant: cp %s %s", SERVED, ContractDocument.FILE)
        .isEqualTo(served);
  }

  @Test
  void everyOperationIsExplainedAndHasExamples() {
    SoftAssertions all = new SoftAssertions();
    for (DocumentedOperation operation : ContractDocument.committed().operations()) {
      String id = operation.id();
      all.assertThat(id).matches("(get|list|post)[A-Z][A-Za-z]+");
      all.assertThat(operation.node().path("summary").asText()).as(id).isNotBlank();
      all.assertThat(operation.node().path("description").asText()).as(id).isNotBlank();
      all.assertThat(operation.requests()).as(id).isNotEmpty();
      for (String name : operation.requests()) {
        all.assertThat(operation.mediaTypes(200)).as(id).isNotEmpty();
        all.assertThat(operation.textTypes(200))
            .as("%s %s has an example answer", id, name)
            .allMatch(type -> !operation.answer(type, name).isMissingNode());
      }
    }
    all.assertAll();
  }

  @Test
  void everySchemaMemberParameterAndHeaderIsDescribed() {
    ContractParts parts = new ContractParts(ContractDocument.committed());
    assertThat(without("description", parts.schemas())).isEmpty();
    assertThat(without("description", parts.inputs())).isEmpty();
    assertThat(parts.schemas())
        .containsKeys("Measure.caveats", "AnswerRow.region", "Code.label_en");
  }

  @Test
  void everyParameterAndHeaderHasAnExample() {
    Map<String, JsonNode> inputs = new ContractParts(ContractDocument.committed()).inputs();
    inputs.values().removeIf(input -> input.path("examples").size() > 0);
    assertThat(without("example", inputs)).isEmpty();
  }

  @Test
  void theOlderVersionIsServedToo() throws IOException {
    Response older = given().get("/openapi?version=3.0");
    older.then().statusCode(200).contentType("application/yaml");
    assertThat(older.asString()).isEqualTo(Files.readString(OlderOpenApiCopyTest.FILE));
    given()
        .header("If-None-Match", older.header("ETag"))
        .get("/openapi?version=3.0")
        .then()
        .statusCode(304);
    for (String json : List.of("/openapi?version=3.0&format=json", "/openapi.json?version=3.0")) {
      given().get(json).then().contentType("application/json").body("openapi", equalTo("3.0.3"));
    }
    given()
        .accept("application/json")
        .get("/openapi?version=3.0")
        .then()
        .contentType("application/json");
    assertThat(given().accept("application/yaml").get("/openapi?version=3.1").asString())
        .isEqualTo(given().accept("application/yaml").get("/openapi").asString());
  }

  @Test
  void aVersionThatThereIsNotIsRefused() {
    given()
        .get("/openapi?version=2.0")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].parameter", equalTo("version"));
  }

  /** Names of the parts that have no text, number or other value of a name. */
  private static List<String> without(String name, Map<String, JsonNode> parts) {
    return parts.entrySet().stream()
        .filter(part -> part.getValue().path(name).isMissingNode())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void nothingOfTheMachineIsInTheContract() throws IOException {
    assertThat(Files.readString(ContractDocument.FILE).replace(NAMESPACES_OF_SDMX, ""))
        .startsWith("---\nopenapi: 3.1")
        .doesNotContain("localhost", "http://", "SNAPSHOT", "HttpServerRequest");
  }
}
