package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What each door says of questions that it refuses, word for word, in both languages. A line that
 * starts with a word is a request; the lines below it are the errors of its answer. The texts that
 * the service gives now are in {@code target/refusals.txt} after a run.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class RefusalTextsApiTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void everyTextIsTheOneOnFile() throws IOException {
    String expected;
    try (InputStream file = getClass().getResourceAsStream("refusals.txt")) {
      expected = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    StringBuilder actual = new StringBuilder();
    for (String line : expected.lines().toList()) {
      if (!line.startsWith(" ")) {
        actual.append(line).append('\n');
        if (!line.isBlank()) {
          actual.append(errors(line, "fr")).append(errors(line, "en"));
        }
      }
    }
    Files.writeString(Path.of("target", "refusals.txt"), actual);
    assertThat(actual.toString()).isEqualTo(expected);
  }

  private static String errors(String request, String language) throws IOException {
    String[] parts = request.split(" ", 2);
    JsonNode answer = MAPPER.readTree(ask(parts[0], parts[1], language).asByteArray());
    StringBuilder lines = new StringBuilder();
    for (JsonNode one : answer.has("errors") ? answer.get("errors") : List.<JsonNode>of()) {
      if (one.has("extensions")) {
        for (JsonNode error : one.at("/extensions/problem/errors")) {
          lines.append(line(error));
        }
      } else {
        lines.append(line(one));
      }
    }
    return lines.toString();
  }

  private static Response ask(String door, String question, String language) throws IOException {
    return switch (door) {
      case "GET" ->
          given()
              .urlEncodingEnabled(false)
              .header("Accept-Language", language)
              .get("/v1/aggregates?" + question);
      case "POST" ->
          given()
              .header("Accept-Language", language)
              .contentType("application/json")
              .body(question)
              .post("/v1/aggregates/query");
      default ->
          given()
              .header("Accept-Language", language)
              .header("Accept", "application/graphql-response+json")
              .contentType("application/json")
              .body(MAPPER.writeValueAsString(Map.of("query", question)))
              .post("/graphql");
    };
  }

  private static String line(JsonNode error) {
    StringBuilder line = new StringBuilder("  ");
    line.append(error.get("parameter").asText()).append(" | ").append(error.get("code").asText());
    line.append(" | ").append(error.get("detail").asText());
    if (error.has("did_you_mean")) {
      line.append(" | ").append(error.get("did_you_mean"));
    }
    return line.append('\n').toString();
  }
}
