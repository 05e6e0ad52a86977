package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** An example answer: what the contract says, and what the service says. */
final class ExampleFile {
  static final Path FOLDER = Path.of("target", "contract-examples");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 600.5 and 600.50 are the same number. */
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private ExampleFile() {}

  /** Writes what the service says, to become the example, and compares it with the example. */
  static void compare(String request, String mediaType, JsonNode documented, String answer) {
    String extension = ContractExamples.extension(mediaType);
    boolean json = extension.endsWith(".json");
    JsonNode said = json ? ContractDocument.json(answer) : JSON.valueToTree(answer);
    write(request + extension, json ? pretty(said) : answer);
    assertThat(documented.equals(BY_VALUE, said))
        .as(
            """
            the example answer to %s as %s is not what the service says:
            %s
            If the service is right: cp %s/* src/main/resources/fr/opendamir/api/rest/contract/ and \
            refresh the contract""",
            request, mediaType, said, FOLDER)
        .isTrue();
  }

  private static String pretty(JsonNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(String name, String text) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
