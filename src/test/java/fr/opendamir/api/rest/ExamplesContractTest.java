package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every example of the contract, asked of the service: a month and its revision. */
@QuarkusTest
@WithTestResource(RevisedMonth.class)
class ExamplesContractTest {
  private static JsonNode row(DocumentedOperation operation) {
    String row = operation.id().equals("getReference") ? "ReferenceRow" : "AnswerRow";
    return ContractDocument.json("{\"$ref\":\"#/components/schemas/" + row + "\"}");
  }

  private final ContractDocument contract = ContractDocument.committed();
  private ExampleReleases releases;

  @BeforeEach
  void askForTheReleases() {
    releases = ExampleReleases.ask();
  }

  /** In every format, with every header, and word for word. */
  @Test
  void everyExampleRequestIsAnsweredAsItsExampleSays() {
    SoftAssertions all = new SoftAssertions();
    for (DocumentedOperation operation : contract.operations()) {
      for (String name : operation.requests()) {
        for (String type : operation.textTypes(200)) {
          String what = operation.id() + "." + name;
          Response response = operation.request(name).send(type, releases::served);
          all.check(() -> requireDocumented(operation, response, type));
          all.check(
              () ->
                  ExampleFile.compare(
                      what,
                      plain(type),
                      operation.answer(type, name),
                      excerpt(type, documented(response.asString()))));
        }
      }
    }
    all.assertAll();
  }

  @Test
  void everyParameterWorksAsItsExampleSays() {
    SoftAssertions all = new SoftAssertions();
    for (DocumentedOperation operation : contract.operations()) {
      for (Map.Entry<String, DocumentedRequest> one : operation.requestsByParameter().entrySet()) {
        DocumentedRequest request = complete(operation, one.getKey(), one.getValue());
        Response response = request.send("application/json", releases::served);
        String type = plain(response.contentType());
        all.check(
            () ->
                assertThat(problems(operation, response, type))
                    .as("%s with %s", operation.id(), one.getKey())
                    .isEmpty());
      }
    }
    all.assertAll();
  }

  private String documented(String text) {
    return ExampleFiles.documented(ExampleAllowances.documented(releases.documented(text)));
  }

  private DocumentedRequest complete(
      DocumentedOperation operation, String parameter, DocumentedRequest request) {
    if (parameter.equals("cursor")) {
      return nextPage(operation);
    }
    return operation.id().equals("getReference") ? ofItsTable(parameter, request) : request;
  }

  /** A filter is of the tables that have its column; the first request is of another table. */
  private static DocumentedRequest ofItsTable(String column, DocumentedRequest request) {
    List<String> tables =
        given()
            .get("/v1/references")
            .path("data.findAll { it.columns.any { it.name == '%s' } }.id".formatted(column));
    if (tables.isEmpty() || tables.contains(request.values().get("path id"))) {
      return request;
    }
    return new DocumentedRequest(request.method(), request.path(), Map.of(), request.body())
        .with("path", "id", tables.get(0))
        .with("query", column, request.values().get("query " + column));
  }

  /** The cursor of the contract cannot be one: it belongs to one release. */
  private DocumentedRequest nextPage(DocumentedOperation operation) {
    DocumentedRequest request =
        operation.request(operation.requests().get(0)).with("query", "limit", "1");
    String cursor = request.send("application/json", releases::served).path("page.next_cursor");
    return request.with("query", "cursor", cursor);
  }

  private static void requireDocumented(
      DocumentedOperation operation, Response response, String type) {
    assertThat(problems(operation, response, type)).as("%s as %s", operation.id(), type).isEmpty();
    assertThat(operation.headers(200)).isNotEmpty().allMatch(response.headers()::hasHeaderWithName);
    assertThat(plain(response.contentType())).isEqualTo(plain(type));
  }

  private static List<String> problems(
      DocumentedOperation operation, Response response, String type) {
    if (response.statusCode() != 200 && response.statusCode() != 206) { // 206: a range of a file
      return List.of(response.statusCode() + " " + response.asString());
    }
    if (type.equals("application/x-ndjson")) {
      return response
          .asString()
          .lines()
          .flatMap(line -> operation.contract().validate(row(operation), line).stream())
          .toList();
    }
    return type.endsWith("json")
        ? operation.contract().validate(operation.schema(200, type), response.asString())
        : List.of();
  }

  private static String plain(String mediaType) {
    return mediaType.split(";", 2)[0];
  }

  /** Of a long text only its beginning. */
  private static String excerpt(String type, String text) {
    if (type.endsWith("+xml")) {
      return text.substring(0, text.indexOf("<mes:Prepared>"));
    }
    return type.startsWith("text/markdown") ? text.substring(0, text.indexOf("\n\n") + 1) : text;
  }
}
