package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.testing.LibreOffice;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of printable characters are asked for as they are shown, at every door. */
@QuarkusTest
@WithTestResource(OddCodes.class)
class OddCodesApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "/v1/aggregates?group_by=supplement&measures=charged";

  @TempDir Path folder;

  static List<String> codes() {
    return OddCodes.CODES;
  }

  @Test
  void everyCodeIsShownAndListed() throws IOException {
    assertThat(values(json(get(QUESTION + "&limit=100")).at("/data"), "supplement"))
        .containsAll(codes());
    assertThat(values(json(get("/v1/dimensions/supplement/codes")).at("/data"), "code"))
        .containsAll(codes());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void aCodeIsIncludedAndExcludedAsItIsShown(String code) throws IOException {
    Response included = get(QUESTION + "&supplement=" + encoded(code));
    assertThat(values(json(included).at("/data"), "supplement")).containsExactly(code);
    assertThat(json(included).at("/data/0/charged").asInt()).isEqualTo(100);
    assertThat(get(QUESTION + "&supplement=" + encoded(code)).header("ETag"))
        .isEqualTo(included.header("ETag"));

    JsonNode excluded = json(get(QUESTION + "&limit=100&supplement=!" + encoded(code)));
    assertThat(values(excluded.at("/data"), "supplement"))
        .doesNotContain(code)
        .hasSize(codes().size());
  }

  /** The address in the answer is one that leads to the same answer. */
  @ParameterizedTest
  @MethodSource("codes")
  void theCanonicalAddressHasTheSameAnswer(String code) throws IOException {
    Response first = get(QUESTION + "&supplement=0," + encoded(code) + "&limit=1");
    String self = json(first).at("/links/self").asText();
    assertThat(self).contains("supplement=").doesNotContain(" ", "<", "\\", "{");
    Response again = get(path(self));
    assertThat(again.statusCode()).as(self).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));

    JsonNode second = json(get(path(json(first).at("/links/next").asText())));
    List<String> both = new ArrayList<>(values(json(first).at("/data"), "supplement"));
    both.addAll(values(second.at("/data"), "supplement"));
    assertThat(both).containsExactlyInAnyOrder("0", code);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void otherDoorsAndFormatsHaveTheSameFigures(String code) throws IOException {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "group_by", List.of("supplement"),
                "measures", List.of("charged"),
                "supplement", List.of(code)));
    JsonNode posted =
        json(given().contentType("application/json").body(body).post("/v1/aggregates/query"));
    assertThat(values(posted.at("/data"), "supplement")).containsExactly(code);

    String graphql =
        JSON.writeValueAsString(
            Map.of(
                "query",
                "query($c:[String]){spending(filter:{supplement:{in:$c}}){nodes{charged"
                    + " supplement{code}}}}",
                "variables",
                Map.of("c", List.of(code))));
    JsonNode nodes =
        json(given().contentType("application/json").body(graphql).post("/graphql"))
            .at("/data/spending/nodes");
    assertThat(nodes.at("/0/supplement/code").asText()).as(nodes.toString()).isEqualTo(code);
    assertThat(nodes.at("/0/charged").asInt()).isEqualTo(100);

    JsonNode called = agent(code);
    assertThat(called.at("/result/structuredContent/rows/0/supplement").asText())
        .as(called.toString())
        .isEqualTo(code);

    String csv = get(QUESTION + "&labels=id&format=csv&supplement=" + encoded(code)).asString();
    assertThat(csv.lines().toList().get(1)).startsWith(code + ",100.00");
  }

  @Test
  void filesHaveEveryCodeAsItIs() throws Exception {
    String file = QUESTION + "&lang=en&labels=id&limit=all&format=";
    List<String> codes = values(json(get(QUESTION + "&limit=100")).at("/data"), "supplement");
    byte[] workbook = get(file + "xlsx").asByteArray();

    assertThat(codes).containsAll(codes());
    assertThat(column(Workbooks.rows(workbook))).isEqualTo(codes);
    assertThat(column(ParquetRows.rows(get(file + "parquet").asByteArray()))).isEqualTo(codes);
    if (LibreOffice.isInstalled()) {
      LibreOffice office = new LibreOffice(folder, Locale.US);
      assertThat(
              office.shown("Data", List.of(workbook)).get(0).stream()
                  .skip(1)
                  .map(line -> line.get(0)))
          .containsExactlyElementsOf(codes);
      assertThat(column(Workbooks.rows(office.saved(List.of(workbook)).get(0)))).isEqualTo(codes);
    }
  }

  private static List<String> column(List<Map<String, String>> rows) {
    return rows.stream().map(row -> row.get("supplement")).toList();
  }

  /** The rest of a statement, of an address or of a pattern is nothing but an unknown code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE figures.rollup; --",
        "O''Z",
        "O'Z' OR 'a'='a",
        "%",
        "_____",
        ".*",
        "a\u0000b",
        "a\u202Eb",
        "O'Z ,",
        "\uD800",
        "x\ty",
        "é\u0301"
      })
  void hostileValuesFindNothingAndBreakNothing(String value) throws IOException {
    Response answer = get(QUESTION + "&supplement=" + URLEncoder.encode(value, UTF_8));
    if (value.equals("O'Z ,")) { // a list whose second code is empty
      assertThat(values(json(answer).at("/data"), "supplement")).containsExactly("O'Z");
      return;
    }
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.asString()).doesNotContain("Exception", "SELECT", "syntax");
    assertThat(values(json(get(QUESTION + "&limit=100")).at("/data"), "supplement"))
        .containsAll(codes());
  }

  @Test
  void aThousandCharactersAreNoCode() {
    for (String value : List.of("a".repeat(1_000), "é".repeat(1_000), "'".repeat(1_000))) {
      Response answer = get(QUESTION + "&supplement=" + encoded(value));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.asString()).contains("malformed_value").hasSizeLessThan(4_000);
    }
  }

  /** SDMX has fewer characters for codes; no two codes become the same. */
  @Test
  void everyCodeHasAnIdentifierInSdmx() {
    Set<String> found = new HashSet<>();
    get(QUESTION + "&format=sdmx-csv&labels=id&limit=100")
        .asString()
        .lines()
        .skip(1)
        .forEach(line -> found.add(line.split(",", -1)[3]));
    assertThat(found)
        .hasSize(codes().size() + 1)
        .contains("a-b", "a$3A$b", "a$2B$b", "O$27$Z")
        .allMatch(code -> code.matches("[A-Za-z0-9_@$-]+"));
    String structure = get("/v1/sdmx/structure.xml").asString();
    assertThat(found).allMatch(code -> structure.contains("id=\"" + code + "\""));
  }

  private static JsonNode agent(String code) throws IOException {
    Map<String, Object> arguments =
        Map.of(
            "group_by", List.of("supplement"),
            "measures", List.of("charged"),
            "filters", Map.of("supplement", List.of(code)));
    String message =
        JSON.writeValueAsString(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                Map.of("name", "spending", "arguments", arguments)));
    return json(
        given()
            .contentType("application/json")
            .header("Accept", "application/json, text/event-stream")
            .body(message)
            .post("/mcp"));
  }

  private static Response get(String address) {
    return given().urlEncodingEnabled(false).get(address);
  }

  private static String path(String address) {
    return address.replaceFirst("^https?://[^/]+", "");
  }

  private static String encoded(String code) {
    return URLEncoder.encode(code, UTF_8);
  }

  private static JsonNode json(Response response) throws IOException {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return JSON.readTree(response.asByteArray());
  }

  private static List<String> values(JsonNode rows, String member) {
    List<String> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.path(member).asText()));
    return values;
  }
}
