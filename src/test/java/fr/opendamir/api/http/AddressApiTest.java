package fr.opendamir.api.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.RawConnection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as people and programs write them, and what every answer tells of itself. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class AddressApiTest {
  private static final List<String> BYTES =
      List.of(
          "{",
          "}",
          "|",
          "^",
          "\"",
          "\\",
          "<",
          ">",
          "`",
          "%",
          "%z",
          "%zz",
          "%C3%28",
          "%ff",
          "[]",
          "\0",
          "\u0001",
          "\u007f",
          "\u00e9",
          "\u00c3\u00a9",
          "#",
          ";",
          "..",
          "%00",
          "%0d%0a",
          "\u00ff\u00fe",
          "'",
          "%u0041");

  @TestHTTPResource("/")
  URI service;

  @Test
  void whateverBytesAnAddressHoldsTheAnswerIsWhole() throws IOException {
    List<String> heads = new ArrayList<>();
    for (String bytes : BYTES) {
      for (String door :
          List.of(
              "/v1/aggregates?group_by=",
              "/v1/aggregates?",
              "/v1/dimensions/region/codes?search=",
              "/v1/a",
              "/v1/measures/a",
              "/graphql?query=",
              "/graphql",
              "/openapi?",
              "/nope",
              "/nope?")) {
        heads.add("GET " + door + bytes);
      }
      heads.add("HEAD /v1/aggregates?x=" + bytes);
      heads.add("POST /v1/aggregates/query?x=" + bytes);
      heads.add("POST /graphql?x=" + bytes);
    }
    RawConnection.atOnce(heads, this::answer)
        .forEach(
            (head, answer) -> {
              assertThat(answer).as(head).matches("(?s)HTTP/1\\.1 (200|4\\d\\d) .*");
              assertThat(answer.toLowerCase(Locale.ROOT))
                  .as(head)
                  .contains(
                      "\r\naccess-control-allow-origin: *\r\n",
                      "\r\nx-content-type-options: nosniff\r\n",
                      "\r\nx-request-id: ");
              if (head.contains("?") && !head.contains("/nope")) { // a way in, which is limited
                assertThat(answer.toLowerCase(Locale.ROOT)).contains("\r\nratelimit: ");
              }
              if (!answer.startsWith("HTTP/1.1 200") && !head.contains("/graphql")) {
                assertThat(answer).contains("application/problem+json", "Content-Language: en");
              }
            });
  }

  private String answer(String head) throws IOException {
    return RawConnection.exchange(
        service,
        head
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: en\r\n"
            + "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void bytesOfUtf8AreFoundAsTheirEscapesAre() throws IOException {
    String address = "/v1/dimensions/region/codes?search=";
    String bytes = new String("Île".getBytes(UTF_8), ISO_8859_1);
    String escaped = answer("GET " + address + "%C3%8Ele");
    String raw = answer("GET " + address + bytes);
    assertThat(body(escaped)).contains("\"code\":\"11\"");
    assertThat(body(raw)).isEqualTo(body(escaped));
    String wrong = "/v1/aggregates?group_by=" + new String("régions".getBytes(UTF_8), ISO_8859_1);
    assertThat(new String(answer("GET " + wrong).getBytes(ISO_8859_1), UTF_8))
        .contains("régions")
        .contains("\"did_you_mean\":[\"region\"");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n"));
  }

  @Test
  void aDocumentIsTypedByHandAndItsAnswerKept() throws IOException {
    String typed = answer("GET /graphql?query={measures{id}}");
    assertThat(typed).startsWith("HTTP/1.1 200").contains("\"reimbursed\"");
    assertThat(body(typed)).isEqualTo(body(answer("GET /graphql?query=%7Bmeasures%7Bid%7D%7D")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/measures/",
        "/v1/measures///",
        "//v1/measures",
        "/v1//measures",
        "/V1/Measures",
        "/v1/./measures",
        "/v1/x/../measures/",
        "/%76%31/measures",
      })
  void aPathHasOneMeaningHoweverItIsWritten(String path) throws IOException {
    assertThat(answer("GET " + path)).startsWith("HTTP/1.1 200").contains("\"reimbursed\"");
    assertThat(answer("HEAD " + path)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/aggregates/, 200",
    "/V1/AGGREGATES?group_by=sex, 200",
    "/openapi/, 200",
    "/OpenAPI, 200",
    "/graphql/?query=%7Bmeasures%7Bid%7D%7D, 200",
    "/GRAPHQL?query=%7Bmeasures%7Bid%7D%7D, 200",
    "/v1/problems/Not-Found/, 200",
    "/v1/dimensions/BEN_RES_REG/, 200",
    "/v1/releases/latest/, 200",
    "/v1/nope/, 404",
    "/GraphiQL, 308",
    "/GraphiQL/, 200",
  })
  void thatIsSoAtEveryDoor(String address, int status) {
    assertThat(request().get(address).statusCode()).isEqualTo(status);
  }

  @Test
  void postsAreTakenHoweverTheirPathIsWritten() {
    for (String path :
        List.of("/v1/aggregates/query/", "//v1/aggregates//query", "/V1/Aggregates/Query")) {
      request()
          .contentType("application/json")
          .body("{\"group_by\":\"sex\"}")
          .post(path)
          .then()
          .statusCode(200);
    }
    request()
        .contentType("application/json")
        .body("{\"query\":\"{measures{id}}\"}")
        .post("/graphql/")
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsAddedToLinksLeavesNoTrace() {
    String question = "/v1/aggregates?group_by=sex&labels=id";
    Response plain = request().get(question);
    Response decorated =
        request().get("/v1/aggregates?utm_source=a&group_by=sex&fbclid=b&labels=id&_=17&gclid=");
    assertThat(decorated.statusCode()).isEqualTo(200);
    assertThat(decorated.header("ETag")).isEqualTo(plain.header("ETag"));
    assertThat(decorated.asString()).isEqualTo(plain.asString());
    assertThat(request().get("/v1/measures?utm_source=a").statusCode()).isEqualTo(200);
    assertThat(request().get("/?utm_source=a&fbclid=b").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingHidesBehindAMarkOrATail() {
    request().get("/v1/aggregates?region=11;sex=1").then().statusCode(400);
    String many = "&region=11".repeat(1100);
    request()
        .get("/v1/aggregates?group_by=region" + many + "&nonsense=1")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/dimensions/service/codes?serach=kine, serach, search",
    "/v1/dimensions?group_by=region, group_by,",
    "/v1/dimensions/region?langue=en, langue, lang",
    "/v1/measures?lnag=en, lnag, lang",
    "/v1/measures/charged?x=1, x,",
    "/v1/releases?page=2, page,",
    "/v1/releases/latest?format=csv, format,",
    "/v1/disclosure?x=1, x,",
    "/v1/disclosure/methodology?x=1, x,",
    "/v1/limits?x=1, x,",
    "/v1/problems/not-found?x=1, x,",
  })
  void parametersThatAResourceHasNotAreRefused(String address, String name, String meant) {
    Response answer = request().header("Accept-Language", "en").get(address);
    answer
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/v1/problems/malformed-question"))
        .body("errors[0].parameter", equalTo(name))
        .body("errors[0].code", equalTo("unknown_parameter"));
    if (meant != null) {
      answer.then().body("errors[0].did_you_mean", hasItem(meant));
    }
    assertThat(request().head(address).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/measures?lang=xx",
        "/v1/dimensions/sex/codes?format=xml",
        "/v1/dimensions/sex/codes?lang=fr&lang=en",
        "/v1/dimensions/sex/codes?search=a&search=b",
      })
  void valuesThatMeanNothingAreRefused(String address) {
    request().get(address).then().statusCode(400).contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/measures?lang=",
        "/v1/measures?LANG=EN",
        "/v1/measures?lang=en-GB",
        "/v1/dimensions/sex/codes?search=&format=&lang=",
      })
  void blankValuesAreAbsent(String address) {
    request().get(address).then().statusCode(200);
  }

  @Test
  void codesComeAsCsv() {
    Response csv = request().get("/v1/dimensions/sex/codes?format=csv&lang=en");
    assertThat(csv.contentType()).startsWith("text/csv");
    assertThat(csv.header("Content-Language")).isEqualTo("en");
    String[] lines = csv.asString().split("\r\n", -1);
    assertThat(lines[0]).isEqualTo("code,label,label_fr,label_en");
    assertThat(lines).anyMatch(line -> line.startsWith("ND,Not disclosed,"));
    assertThat(request().accept("text/csv").get("/v1/dimensions/sex/codes?lang=en").asString())
        .isEqualTo(csv.asString());
    assertThat(request().get("/v1/dimensions/service/codes?format=csv&search=3313").asString())
        .contains("service_group,service_kind\r\n3313,");
    assertThat(request().get("/v1/dimensions/sex/codes?search=zzzz&format=csv").asString())
        .isEqualTo("code,label,label_fr,label_en\r\n");
    assertThat(request().accept("image/png").get("/v1/dimensions/sex/codes").statusCode())
        .isEqualTo(406);
    assertThat(
            request().accept("text/csv, */*;q=0.1").get("/v1/dimensions/sex/codes").contentType())
        .startsWith("text/csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/aggregates?group_by=sex&measures=charged",
        "/v1/aggregates?group_by=sex&format=csv&measures=charged",
        "/graphql?query=%7Bspending%7Bnodes%7Bsex%7Bcode%7Dcharged%7D%7D%7D",
      })
  void whatIsNotModifiedIsNotSentAgain(String address) {
    for (int i = 0; i < 2; i++) { // computed, then kept
      Response answer = request().get(address + (i == 0 ? "" : "&utm_x=1"));
      assertThat(answer.statusCode()).isEqualTo(200);
      String modified = answer.header("Last-Modified");
      assertThat(since(modified).get(address).statusCode()).isEqualTo(304);
      assertThat(since(modified).head(address).statusCode()).isEqualTo(304);
      assertThat(since(modified).get(address).header("ETag")).isEqualTo(answer.header("ETag"));
      for (String other :
          List.of("Sun, 06 Nov 1994 08:49:37 GMT", "yesterday", "", "0", "2026-11-24")) {
        assertThat(since(other).get(address).statusCode()).as(other).isEqualTo(200);
      }
      // The tag decides where there is one.
      assertThat(since(modified).header("If-None-Match", "\"x\"").get(address).statusCode())
          .isEqualTo(200);
      assertThat(
              since("Sun, 06 Nov 1994 08:49:37 GMT")
                  .header("If-None-Match", answer.header("ETag"))
                  .get(address)
                  .statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void whatNamesItsReleaseIsUnchangedEverAfter() {
    String release = request().get("/v1/releases/latest").path("id");
    String address = "/v1/aggregates?group_by=sex&release=" + release;
    assertThat(since("Fri, 31 Dec 2100 23:59:59 GMT").get(address).statusCode()).isEqualTo(304);
    assertThat(
            since("Fri, 31 Dec 2100 23:59:59 GMT").get("/v1/aggregates?group_by=sex").statusCode())
        .isEqualTo(200);
  }

  private static RequestSpecification since(String date) {
    return request().header("If-Modified-Since", date);
  }

  @Test
  void jsonStatHasAMediaTypeOfItsOwn() {
    String type = "application/vnd.json-stat+json";
    assertThat(request().accept(type).get("/v1/aggregates?group_by=sex").contentType())
        .isEqualTo(type);
    assertThat(request().get("/v1/aggregates?group_by=sex&format=json-stat").contentType())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/aggregates?group_by=sex&lang=en, en",
    "/v1/aggregates?group_by=sex, fr",
    "/v1/aggregates?group_by=sex&lang=en&format=csv, en",
    "/v1/aggregates?group_by=sex&lang=en&format=csv&limit=all, en",
    "/v1/aggregates?group_by=sex&lang=en&format=ndjson, en",
    "/v1/aggregates?nope=1&lang=en, en",
    "/v1/measures?lang=en, en",
    "/v1/dimensions, fr",
    "/v1/dimensions/sex, fr",
    "/v1/dimensions/sex/codes?lang=en, en",
    "/v1/releases/latest?lang=en, en",
    "/v1/disclosure?lang=en, en",
    "/v1/disclosure/methodology, 'fr, en'",
    "/v1/problems/not-found?lang=en, en",
    "/v1/problems/x?lang=en, en",
    "/graphql?query=%7Bmeasures%7Bid%7D%7D, fr",
    "/graphql?query=%7Bnope%7D, fr",
    "/nope?lang=en, en",
    "/, fr",
    "/explore?lang=en, en",
  })
  void theLanguageOfAnAnswerIsTold(String address, String language) {
    Response answer = request().get(address);
    assertThat(answer.headers().getValues("Content-Language")).containsExactly(language);
    assertThat(request().head(address).headers().getValues("Content-Language"))
        .containsExactly(language);
  }

  @Test
  void headTellsWhatGetWould() {
    for (String path :
        List.of(
            "/",
            "/favicon.ico",
            "/graphiql/",
            "/openapi",
            "/openapi?format=json",
            "/nope",
            "/v1/measures",
            "/v1/measures/nope",
            "/v1/measures?nope=1",
            "/v1/dimensions/sex/codes",
            "/v1/dimensions/sex/codes?format=csv",
            "/v1/dimensions/service/codes",
            "/v1/releases",
            "/v1/releases/latest",
            "/v1/disclosure/methodology",
            "/v1/problems/not-found",
            "/v1/aggregates?group_by=sex",
            "/v1/aggregates?group_by=sex&format=csv",
            "/v1/aggregates?group_by=sex&format=csv&limit=all",
            "/v1/aggregates?group_by=sex&dry_run=true",
            "/v1/aggregates?nope=1",
            "/v1/aggregates?measures=average_charge",
            "/v1/aggregates/query",
            "/graphql?query=%7Bmeasures%7Bid%7D%7D",
            "/graphql?query=%7Bnope%7D",
            "/graphql/schema.graphql")) {
      for (String accept : List.of("*/*", "image/png")) {
        for (String coding : List.of("identity", "gzip")) {
          Map<String, String> head = told(request(accept, coding).head(path));
          Map<String, String> get = told(request(accept, coding).get(path));
          if (head.containsKey("content-encoding") && !head.containsKey("content-length")) {
            get.remove("content-length"); // which only compressing tells
          }
          get.remove("transfer-encoding");
          assertThat(head).as("%s %s %s", path, accept, coding).isEqualTo(get);
        }
      }
    }
  }

  private static RequestSpecification request(String accept, String coding) {
    return request()
        .config(
            RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
        .accept(accept)
        .header("Accept-Encoding", coding);
  }

  private static Map<String, String> told(Response answer) {
    Map<String, String> told =
        answer.headers().asList().stream()
            .filter(
                h ->
                    !h.getName()
                        .toLowerCase(Locale.ROOT)
                        .matches(".*ratelimit.*|date|x-request-id"))
            .collect(
                Collectors.toMap(
                    header -> header.getName().toLowerCase(Locale.ROOT),
                    header -> header.getValue(),
                    (first, second) -> first + "\n" + second));
    told.put("status", String.valueOf(answer.statusCode()));
    return told;
  }

  @Test
  void theDescriptionOfAllRowsWorksAndIsOfTheSameRows() {
    Response all =
        request().get("/v1/aggregates?group_by=sex,region&format=csv&limit=all&labels=id");
    String link =
        all.headers().getValues("Link").stream()
            .filter(value -> value.contains("describedby"))
            .findFirst()
            .orElseThrow();
    String address = link.substring(1, link.indexOf('>'));
    long rows = all.asString().lines().count() - 1;
    Response described = request().get(address);
    assertThat(described.statusCode()).isEqualTo(200);
    assertThat(described.jsonPath().getLong("page.total")).isEqualTo(rows);
    assertThat(described.header("X-Release")).isEqualTo(all.header("X-Release"));
    assertThat(address).contains("release=" + all.header("X-Release"));
  }

  @Test
  void thereIsAnIconAndBrowsersMayKeepIt() {
    Response icon = request().get("/favicon.ico");
    assertThat(icon.statusCode()).isEqualTo(200);
    assertThat(icon.contentType()).isEqualTo("image/x-icon");
    assertThat(icon.header("Cache-Control")).contains("max-age=");
    assertThat(icon.asByteArray()).startsWith(0, 0, 1, 0);
  }

  private static RequestSpecification request() {
    return given().urlEncodingEnabled(false).redirects().follow(false);
  }
}
