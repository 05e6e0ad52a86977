package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.testing.NodeClients;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract in OpenAPI 3.0: the same operations, in the words of the older version. */
class OlderOpenApiCopyTest {
  /** The build generates a client of this file. */
  static final Path FILE = Path.of("openapi", "openapi-3.0.yaml");

  private static final Path WRITTEN = Path.of("target", "openapi-3.0.yaml");
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final String written = older().toYAML();
  private final JsonNode older = ContractDocument.parse(written);
  private final JsonNode current = ContractDocument.parse(read(ContractDocument.FILE));

  @Test
  void theCommittedCopyIsOfTheCommittedContract() throws IOException {
    Files.writeString(WRITTEN, written);
    assertThat(Files.exists(FILE) ? read(FILE) : "")
        .as("the contract changed; if that is meant: cp %s %s", WRITTEN, FILE)
        .isEqualTo(written);
  }

  @Test
  void nothingIsLostButThePhrasing() {
    assertThat(older.path("openapi").textValue()).isEqualTo("3.0.3");
    for (String part : List.of("/paths", "/components/schemas", "/components/headers")) {
      assertThat(names(older.at(part))).as(part).isEqualTo(names(current.at(part)));
    }
    assertThat(older.findValuesAsText("description"))
        .containsAll(current.findValuesAsText("description"));
    assertThat(older.findValues("example")).hasSameSizeAs(current.findValues("example"));
    assertThat(older.findValues("examples")).hasSameSizeAs(current.findValues("examples"));
  }

  @Test
  void whatMayBeNullSaysSoInTheOlderWords() {
    assertThat(older.at("/components/schemas/Page/properties/next_cursor/type").textValue())
        .isEqualTo("string");
    assertThat(older.at("/components/schemas/Page/properties/next_cursor/nullable").booleanValue())
        .isTrue();
    assertThat(older.at("/components/schemas/RowLimit/anyOf/1/enum/0").textValue())
        .isEqualTo("all");
  }

  @Test
  void anObjectThatMayBeNullHasATypeBesideItsReference() {
    JsonNode cost = older.at("/components/schemas/Disclosure/properties/cost");
    assertThat(cost.path("type").textValue()).isEqualTo("object");
    assertThat(cost.path("nullable").booleanValue()).isTrue();
    assertThat(cost.at("/allOf/0/$ref").textValue())
        .isEqualTo("#/components/schemas/ProtectionCost");
  }

  /** The library would keep the first type. */
  @Test
  void whatHasSeveralTypesHasAlternatives() {
    assertThat(
            older
                .at("/components/schemas/ReferenceRow/additionalProperties/anyOf")
                .findValuesAsText("type"))
        .containsExactly("string", "number");
    assertThat(
            older
                .at("/components/schemas/ReferenceRow/additionalProperties/anyOf/1/nullable")
                .booleanValue())
        .isTrue();
    assertThat(schemas(older.path("components").path("schemas")))
        .allSatisfy(schema -> assertThat(schema.path("type").isArray()).isFalse())
        .noneMatch(schema -> schema.has("const") || (schema.has("$ref") && schema.size() > 1));
  }

  @Test
  void bothFormatsSayTheSame() {
    String json = older().toJSON();
    assertThat(ContractDocument.json(json)).isEqualTo(older);
  }

  @Test
  void theLinterFindsNothing() throws IOException, InterruptedException {
    Files.writeString(WRITTEN, written);
    assertThat(NodeClients.install().run(TIMEOUT, "lint.mjs", absolute(WRITTEN))).isEmpty();
  }

  @Test
  void aStrictClientCompiles() throws IOException, InterruptedException {
    Files.writeString(WRITTEN, written);
    assertThat(NodeClients.install().run(TIMEOUT, "typescript.mjs", absolute(WRITTEN))).isEmpty();
  }

  /** The build generates it of the committed copy; see pom.xml. */
  @Test
  void aGeneratedClientCompiles() throws IOException, InterruptedException {
    Path client = Path.of("target", "generated-test-sources", "typescript", "index.ts");
    assertThat(client).exists();
    assertThat(NodeClients.install().run(TIMEOUT, "generated.mjs", absolute(client))).isEmpty();
  }

  private static SmallRyeOpenAPI older() {
    return ContractDocuments.older(
        ContractDocuments.read(OlderOpenApiCopyTest::committed).build().model());
  }

  private static InputStream committed() {
    try {
      return Files.newInputStream(ContractDocument.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().toString();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Every object below a node, as far as schemas nest. */
  private static List<JsonNode> schemas(JsonNode node) {
    List<JsonNode> found = new ArrayList<>();
    node.forEach(
        child -> {
          if (child.isContainerNode()) {
            found.add(child);
            found.addAll(schemas(child));
          }
        });
    return found;
  }
}
