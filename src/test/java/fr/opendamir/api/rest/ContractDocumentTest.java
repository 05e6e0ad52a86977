package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that cannot fail proves nothing. */
class ContractDocumentTest {
  private final ContractDocument contract = ContractDocument.committed();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"region\":\"11\",\"charged\":\"600.50\",\"status\":\"ok\"}",
        "{\"region\":11,\"charged\":600.50,\"status\":\"ok\"}",
        "{\"region\":null,\"charged\":600.50,\"status\":\"ok\"}",
        "{\"region\":\"11\",\"charged\":600.50,\"status\":\"fine\"}",
        "{\"region\":\"11\",\"department\":\"75\",\"status\":\"ok\"}"
      })
  void rowsThatAreNotOfTheContractAreFound(String row) {
    assertThat(validate("AnswerRow", row)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"region\":\"11\",\"charged\":600.50,\"status\":\"ok\"}",
        "{\"region_label\":\"Bretagne\",\"charged\":null,\"status\":\"suppressed\"}"
      })
  void rowsThatAreOfTheContractPass(String row) {
    assertThat(validate("AnswerRow", row)).isEmpty();
  }

  @Test
  void aMemberThatIsMissingOrUnknownAnywhereIsFound() {
    String answer =
        contract.operation("getAggregates").answer("application/json", "byRegion").toString();
    assertThat(validate("Answer", answer)).isEmpty();
    assertThat(validate("Answer", answer.replace("\"total\":", "\"count\":"))).hasSize(2);
    assertThat(validate("Answer", answer.replace("T09:00:00Z", " at nine"))).isNotEmpty();
    assertThat(validate("DifferenceAnswer", answer)).isNotEmpty();
  }

  @Test
  void examplesOfProblemsAreProblems() {
    for (DocumentedOperation operation : contract.operations()) {
      for (int status : List.of(400, 404, 406, 415, 422, 503)) {
        JsonNode content = operation.response(status).at("/content/application~1problem+json");
        content
            .path("examples")
            .forEach(
                example ->
                    assertThat(validate("Problem", example.path("value").toString())).isEmpty());
      }
    }
  }

  private List<String> validate(String schema, String body) {
    return contract.validate(
        ContractDocument.json("{\"$ref\":\"#/components/schemas/" + schema + "\"}"), body);
  }
}
