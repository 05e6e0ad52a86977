package fr.opendamir.api.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.catalog.Language;
import fr.opendamir.testing.HeldColumns;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, tools and refusals at {@code /mcp}, without a client library. */
@QuarkusTest
@WithTestResource(DentalYears.class)
class McpApiTest {
  @ParameterizedTest
  @CsvSource({
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2024-11-05, 2025-11-25",
    "2099-01-01, 2025-11-25",
  })
  void theVersionIsAgreedOn(String asked, String agreed) throws IOException {
    JsonNode result = result("initialize", "{\"protocolVersion\":\"" + asked + "\"}");
    assertThat(result.path("protocolVersion").asText()).isEqualTo(agreed);
    assertThat(result.path("capabilities").has("tools")).isTrue();
    post(message("ping", "{}"))
        .then()
        .statusCode(200)
        .header("Mcp-Session-Id", equalTo(null))
        .header("Cache-Control", equalTo("no-store"))
        .header("X-Content-Type-Options", equalTo("nosniff"));
  }

  @Test
  void anotherVersionInTheHeaderIsRefused() {
    given()
        .contentType("application/json")
        .header("MCP-Protocol-Version", "1999-01-01")
        .body(message("ping", "{}"))
        .post("/mcp")
        .then()
        .statusCode(400)
        .body("error.code", equalTo(-32600))
        .body("error.message", containsString("2025-11-25"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompts/list | {} | -32601",
        "tools/call | {} | -32602",
        "tools/call | {\"name\":\"spendng\"} | -32602",
        "tools/call | {\"name\":\"spending\",\"arguments\":[]} | -32602",
        "resources/read | {\"uri\":\"damir://nothing\"} | -32002",
        "resources/read | {\"uri\":\"file:///etc/passwd\"} | -32002",
        "resources/read | {\"uri\":\"damir://measures/../guide\"} | -32002",
        "resources/read | {} | -32602",
      })
  void whatIsNoRequestOfThisServerIsAnError(String method, String params, int code) {
    post(message(method, params))
        .then()
        .statusCode(200)
        .body("id", equalTo(7))
        .body("error.code", equalTo(code));
  }

  @Test
  void messagesThatAreNoneAreRefusedAndNotificationsAccepted() {
    post("{").then().statusCode(400).body("error.code", equalTo(-32700));
    post("[" + message("ping", "{}") + "]").then().statusCode(400);
    post("x".repeat(70_000)).then().statusCode(413);
    Response accepted = post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.asString()).isEmpty();
    given().contentType("text/plain").body("{}").post("/mcp").then().statusCode(415);
  }

  /** Clients differ in what they accept, and keep headers of other servers. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json, text/event-stream", "text/event-stream", "*/*", ""})
  void theAnswerIsJsonWhateverIsAccepted(String accept) {
    given()
        .contentType("application/json; charset=utf-8")
        .header("Accept", accept)
        .header("Mcp-Session-Id", "of another server")
        .header("Last-Event-ID", "1")
        .body(message("ping", "{}"))
        .post("/mcp")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("result", equalTo(Map.of()));
  }

  @Test
  void aBodyThatIsCompressedIsNoMessage() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(message("ping", "{}").getBytes(StandardCharsets.UTF_8));
    }
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(bytes.toByteArray())
        .post("/mcp")
        .then()
        .statusCode(400)
        .body("error.code", equalTo(-32700));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT", "HEAD"})
  void thereAreNoStreamsAndNoSessions(String method) {
    given()
        .header("Accept", "text/event-stream")
        .request(method, "/mcp")
        .then()
        .statusCode(405)
        .header("Allow", "POST");
    given().request(method, "/mcp/sse").then().statusCode(404);
  }

  @Test
  void namesThatOthersPointHereAreRefused() {
    post(message("ping", "{}"), "Host", "evil.example:80")
        .then()
        .statusCode(403)
        .body("type", equalTo("/v1/problems/host-refused"));
    post(message("ping", "{}"), "Origin", "https://evil.example").then().statusCode(403);
    post(message("ping", "{}"), "Origin", "http://localhost:6274").then().statusCode(200);
  }

  /** The rows are those of REST at the address that the answer has, totals apart. */
  @Test
  void figuresAreThoseOfRestAndTotalsAreApart() throws IOException {
    JsonNode answer =
        call(
            "spending",
            "{\"measures\":[\"charged\",\"out_of_pocket\"],\"group_by\":[\"region\"],"
                + "\"period\":\"2024\",\"totals\":\"grand\",\"sort\":[\"-charged\"],"
                + "\"filters\":{\"service_group\":[\"dental\"]}}");
    JsonNode rest =
        Json.MAPPER.readTree(
            given().urlEncodingEnabled(false).get(answer.path("rest").asText()).asByteArray());
    List<String> expected = new ArrayList<>();
    for (JsonNode row : rest.path("data")) {
      expected.add(row.path("region").asText() + " " + decimal(row, "charged"));
    }
    List<String> found = new ArrayList<>();
    for (JsonNode row : answer.path("totals")) {
      assertThat(row.has("region")).isFalse();
      found.add("_T " + decimal(row, "charged"));
    }
    for (JsonNode row : answer.path("rows")) {
      found.add(row.path("region").asText() + " " + decimal(row, "charged"));
    }
    assertThat(found)
        .isEqualTo(expected)
        .containsExactly("_T 146000000", "11 70000000", "84 40000000", "53 36000000");
    assertThat(answer.at("/rows/2/region_label").asText()).isEqualTo("Brittany");
    assertThat(decimal(answer.at("/rows/2"), "out_of_pocket")).isEqualTo("16000000");
    assertThat(answer.at("/months/count").asInt()).isEqualTo(1);
  }

  @Test
  void changesAndGapsAreReadyMade() throws IOException {
    JsonNode compared =
        call(
            "spending",
            "{\"measures\":[\"out_of_pocket\"],\"group_by\":[\"year\"],\"compare\":\"previous_year\","
                + "\"filters\":{\"service_group\":[\"dental\"],\"region\":[\"53\"]}}");
    JsonNode first = compared.at("/rows/0");
    assertThat(first.path("compared_status").asText()).isEqualTo("not_published");
    assertThat(first.path("out_of_pocket_change").isNull()).isTrue();
    JsonNode last = compared.at("/rows/2");
    assertThat(last.path("year").asText()).isEqualTo("2024");
    assertThat(decimal(last, "out_of_pocket")).isEqualTo("16000000");
    assertThat(decimal(last, "out_of_pocket_compared")).isEqualTo("13000000");
    assertThat(decimal(last, "out_of_pocket_change")).isEqualTo("3000000");
    assertThat(decimal(last, "out_of_pocket_change_rate")).isEqualTo("0.230769");
    assertThat(last.has("compared_status")).isFalse();
    assertThat(compared.at("/compared_months/not_published/0").asText()).isEqualTo("2021-01");
    assertThat(compared.path("rest").asText()).contains("compare=previous_year");

    JsonNode filled =
        call(
            "spending",
            "{\"group_by\":[\"care_month\"],\"period\":\"2024\",\"fill\":\"zero\","
                + "\"filters\":{\"care_month\":[\"2023-11..2024-01\"]}}");
    assertThat(filled.path("rows_total").asInt()).isEqualTo(3);
    assertThat(filled.at("/rows/0/status").asText()).isEqualTo("empty");
    assertThat(decimal(filled.at("/rows/0"), "reimbursed")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "2024, 1",
    "2023..2024, 2",
    "2023.., 2",
    "2023-Q1, 1",
    "2022-Q1..2023-T2, 2",
    "2022-01, 1",
    "2022-12..2024-03, 2",
    "..2022-06, 1",
  })
  void periodsAreYearsQuartersOrMonths(String period, int months) throws IOException {
    JsonNode answer = call("spending", "{\"period\":\"" + period + "\"}");
    assertThat(answer.at("/months/count").asInt()).isEqualTo(months);
  }

  @Test
  void pagesFollowOneAnother() throws IOException {
    String arguments = "{\"group_by\":[\"year\"],\"limit\":2,\"lang\":\"fr\"%s}";
    JsonNode first = call("spending", arguments.formatted(""));
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.path("rows").size()).isEqualTo(2);
    assertThat(first.path("rows_total").asInt()).isEqualTo(3);
    JsonNode second =
        call(
            "spending",
            arguments.formatted(",\"cursor\":\"" + first.path("next_cursor").asText() + "\""));
    assertThat(second.at("/rows/0/year").asText()).isEqualTo("2024");
    assertThat(second.has("next_cursor")).isFalse();
  }

  @Test
  void bytesAreCappedAndItSaysSo() throws IOException {
    String measures =
        "\"charged\",\"reimbursed\",\"quantity\",\"out_of_pocket\",\"not_covered\","
            + "\"reimbursement_rate\",\"excess_rate\",\"excess_fees\"";
    String arguments =
        "{\"group_by\":[\"year\",\"region\",\"service_group\"],\"measures\":[" + measures + "]%s}";
    JsonNode answer = call("spending", arguments.formatted(""));
    assertThat(Json.bytes(answer).length).isLessThanOrEqualTo(DentalYears.MOST_BYTES);
    assertThat(answer.path("complete").asBoolean()).isFalse();
    assertThat(answer.path("rows").size())
        .isPositive()
        .isLessThan(answer.path("rows_total").asInt());
    assertThat(answer.path("cut").asText()).contains("limit=" + answer.path("rows").size());
    assertThat(answer.has("next_cursor")).isFalse();
    JsonNode smaller =
        call("spending", arguments.formatted(",\"limit\":" + answer.path("rows").size()));
    assertThat(smaller.path("rows")).isEqualTo(answer.path("rows"));
    assertThat(smaller.has("next_cursor")).isTrue();
  }

  /** Every refusal says what to do next. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"measure\":[\"charged\"]} | did you mean measures?",
        "{\"measures\":[\"remboursement\"]} | did you mean reimbursed",
        "{\"measures\":[\"average_charge\"]} | filters.service",
        "{\"filters\":{\"departement\":[\"35\"]}} | levels: month, quarter",
        "{\"filters\":{\"region\":[\"Bretagne\"]}} | did you mean 53?",
        "{\"filters\":[]} | must be an object",
        "{\"period\":\"January 2024\"} | period",
        "{\"period\":\"2019\"} | 2022",
        "{\"period\":[\"2023\",\"2024-01\"]} | one form",
        "{\"limit\":101} | must be 1 to 100",
        "{\"limit\":0} | must be 1 to 100",
        "{\"limit\":\"all\"} | must be 1 to 100",
        "{\"group_by\":{}} | must be a text or a list",
        "{\"totals\":[\"grand\",\"rollup\"]} | totals",
        "{\"release\":\"2020-01-01.1\"} | describe_data",
        "{\"compare\":\"previous_year\"} | or keep one period with a start and an end (period:",
        "{\"fill\":\"null\",\"group_by\":[\"region\"]} | care_month",
        "{\"cursor\":\"x\"} | cursor",
        "{\"lang\":\"de\"} | must be fr or en",
        "{\"lang\":\"fr\",\"limit\":101} | doit être de 1 à 100",
        "{\"lang\":\"fr\",\"measure\":[\"charged\"]} | peut-être measures ?",
        "{\"lang\":\"fr\",\"measures\":[\"remboursement\"]} | peut-être reimbursed",
        "{\"lang\":{}} | must be a text",
        "{\"limit\":\"%s\"} | must be 1 to 100",
        "{\"filters\":{\"%d\":1}} | filters.%d: is not a level",
      })
  void whatIsRefusedIsToldWithWhatWouldWork(String arguments, String hint) throws IOException {
    JsonNode result = result("tools/call", params("spending", arguments));
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
    assertThat(result.at("/content/0/text").asText()).contains(hint);
    assertThat(result.has("structuredContent")).isFalse();
    assertThat(result.at("/_meta/opendamir~1code").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "find_codes | {} | words: must be 1 to 5",
        "find_codes | {\"words\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]} | words: must be 1 to 5",
        "find_codes | {\"words\":[\"!\"]} | without a word",
        "find_codes | {\"words\":\"x\",\"levels\":[\"regions\"]} | did you mean region",
        "find_codes | {\"words\":\"x\",\"levels\":[\"month\"]} | accepted values: care_month",
        "explain | {} | must name",
        "explain | {\"name\":\"reimbursment\"} | did you mean reimbursed",
        "describe_data | {\"what\":1} | not an argument",
      })
  void otherToolsRefuseAlike(String tool, String arguments, String hint) throws IOException {
    JsonNode result = result("tools/call", params(tool, arguments));
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
    assertThat(result.at("/content/0/text").asText()).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | The engine that computes figures does not answer in time.",
        "fr | Le moteur de calcul des chiffres ne répond pas à temps."
      })
  void itIsSaidWhatDoesNotAnswerAndHowLongToWait(String language, String reason)
      throws IOException {
    try (HeldColumns.Hold away = HeldColumns.away()) {
      JsonNode result =
          result(
              "tools/call",
              params(
                  "spending",
                  "{\"group_by\":[\"provider_activity\"],\"lang\":\"" + language + "\"}"));
      assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
      assertThat(result.at("/content/0/text").asText()).contains(reason);
      assertThat(result.at("/_meta/opendamir~1retry_after_seconds").asInt()).isEqualTo(5);
      away.release();
    }
  }

  @Test
  void wordsInEitherLanguageFindCodes() throws IOException {
    JsonNode found =
        call(
            "find_codes",
            "{\"words\":[\"soins dentaires\",\"Bretagne\",\"xyzzy\"],\"lang\":\"fr\"}");
    assertThat(found.at("/searches/0/codes/0/level").asText()).isEqualTo("service_group");
    assertThat(found.at("/searches/0/codes/0/code").asText()).isEqualTo("dental");
    assertThat(found.at("/searches/1/codes/0/label").asText()).isEqualTo("Bretagne");
    assertThat(found.at("/searches/2/codes").size()).isZero();
    assertThat(found.at("/searches/2/hint").asText()).contains("plus généraux");
    JsonNode many = call("find_codes", "{\"words\":\"dental\",\"levels\":[\"service\"]}");
    assertThat(many.at("/searches/0/codes").size()).isEqualTo(FindCodesTool.MOST_OF_LEVEL);
    assertThat(many.at("/searches/0/more").asInt()).isPositive();
  }

  @Test
  void dataMeasuresLevelsAndProblemsAreExplained() throws IOException {
    JsonNode data = call("describe_data", "{}");
    assertThat(data.at("/months/first").asText()).isEqualTo("2022-01");
    assertThat(data.at("/levels/region").asText())
        .isEqualTo("Region of residence of the beneficiary");
    assertThat(data.at("/measures/reimbursed").asText())
        .isEqualTo("Amount reimbursed (legal share) (EUR)");
    assertThat(data.path("caveats").size()).isEqualTo(Guide.caveats(Language.FR).size());
    assertThat(call("explain", "{\"name\":\"region\",\"lang\":\"fr\"}").path("kind").asText())
        .isEqualTo("level");
    assertThat(call("explain", "{\"name\":\"/v1/problems/quota-exceeded\"}").path("status").asInt())
        .isEqualTo(429);
    assertThat(call("explain", "{\"name\":\"quota_exceeded\"}").path("kind").asText())
        .isEqualTo("problem");
  }

  /** The structured content of a tool, which is the same JSON as its text. */
  private static JsonNode call(String tool, String arguments) throws IOException {
    String reply = post(message("tools/call", params(tool, arguments))).asString();
    JsonNode result = Json.MAPPER.readTree(reply).path("result");
    assertThat(result.has("isError")).as(reply).isFalse();
    assertThat(reply)
        .contains("\"structuredContent\":" + result.at("/content/0/text").textValue() + "}");
    return result.path("structuredContent");
  }

  private static JsonNode result(String method, String params) throws IOException {
    Response response = post(message(method, params));
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    JsonNode reply = Json.MAPPER.readTree(response.asByteArray());
    assertThat(reply.path("jsonrpc").asText()).isEqualTo("2.0");
    return reply.path("result");
  }

  private static String params(String tool, String arguments) {
    return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
  }

  private static String message(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private static Response post(String body, String... header) {
    var request =
        given().contentType("application/json").body(body.getBytes(StandardCharsets.UTF_8));
    if (header.length > 0) {
      request.header(header[0], header[1]);
    }
    return request.post(RestAssured.baseURI + ":" + RestAssured.port + "/mcp");
  }

  private static String decimal(JsonNode row, String name) {
    return new BigDecimal(row.path(name).asText()).stripTrailingZeros().toPlainString();
  }
}
