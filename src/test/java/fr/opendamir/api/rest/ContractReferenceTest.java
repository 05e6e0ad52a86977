package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The committed contract says what the reference copy says. A change of the contract that is meant
 * replaces the copy: {@code gzip -9nc openapi/openapi.yaml}.
 */
class ContractReferenceTest {
  private static final String SMALL =
      """
      paths:
        /a:
          get:
            parameters: [{name: x}, {name: y}]
            responses: {"200": {$ref: "#/components/responses/Ok"}}
      components:
        responses: {Ok: {description: Fine, schema: {required: [b, a], type: object}}}
      """;

  @Test
  void theContractSaysWhatItSaidInTheReference() throws IOException {
    String reference;
    try (InputStream in =
        new GZIPInputStream(getClass().getResourceAsStream("openapi-reference.yaml.gz"))) {
      reference = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(
            ContractDifference.between(
                ContractDocument.parse(reference),
                ContractDocument.parse(Files.readString(ContractDocument.FILE))))
        .isEmpty();
  }

  @Test
  void referencesAndTheOrderOfMembersDoNotCount() {
    JsonNode inlined =
        ContractDocument.parse(
            """
            components:
              responses: {Ok: {schema: {type: object, required: [a, b]}, description: Fine}}
              headers: {More: {description: Used nowhere}}
            paths:
              /a:
                get:
                  responses: {"200": {schema: {type: object, required: [a, b]}, description: Fine}}
                  parameters: [{name: x}, {name: y}]
            """);
    assertThat(ContractDifference.between(ContractDocument.parse(SMALL), inlined)).isEmpty();
  }

  @Test
  void aChangeBehindAReferenceIsFoundWhereItIsUsed() {
    assertThat(changed("Fine", "Good"))
        .containsExactly(
            "/components/responses/Ok/description: \"Fine\" became \"Good\"",
            "/paths//a/get/responses/200/description: \"Fine\" became \"Good\"");
  }

  @Test
  void whatIsAddedRemovedOrMovedIsFound() {
    assertThat(changed("{name: x}, {name: y}", "{name: y}, {name: x}")).hasSize(2);
    assertThat(changed(", {name: y}", "")).hasSize(1);
    assertThat(changed("{name: x}", "{name: x, in: query}"))
        .singleElement()
        .asString()
        .contains("parameters/0/in: nothing became");
    assertThat(changed("[b, a]", "[b]")).hasSize(2);
    assertThat(changed(", type: object", "")).hasSize(2);
  }

  @Test
  void aDanglingReferenceIsAnError() {
    assertThatThrownBy(() -> changed("responses/Ok", "responses/Gone"))
        .hasMessageContaining("dangling reference");
  }

  private static List<String> changed(String from, String to) {
    assertThat(SMALL).contains(from);
    return ContractDifference.between(
        ContractDocument.parse(SMALL), ContractDocument.parse(SMALL.replace(from, to)));
  }
}
