package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The contract is committed, so that a change of it is seen and meant. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class OpenApiContractTest {
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
  void nothingOfTheMachineIsInTheContract() throws IOException {
    assertThat(Files.readString(ContractDocument.FILE))
        .startsWith("---\nopenapi: 3.1")
        .doesNotContain("localhost", "http://", "SNAPSHOT", "HttpServerRequest");
  }
}
