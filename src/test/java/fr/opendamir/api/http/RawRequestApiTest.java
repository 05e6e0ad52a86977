package fr.opendamir.api.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.RawConnection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client sends by accident, as bytes on a socket. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class RawRequestApiTest {
  private static final String MEASURES = "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST =
      "POST /v1/aggregates/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final int BODY_LIMIT = 64 * 1024;

  @TestHTTPResource("/")
  URI service;

  @Test
  void whatIsNotHttpIsNeverAnErrorOfOursAndTellsNothing() throws IOException {
    List<String> hostile =
        List.of(
            "\r\n\r\n",
            "nonsense\r\n\r\n",
            "GET\r\n\r\n",
            "GET /v1/measures\r\n\r\n",
            "GET /v1/measures HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET /v1/\0measures HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/%00measures HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/measures?a=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/aggregates?group_by=region%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /graphiql?%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/aggregates?group_by=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/%c3%28 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /graphiql/..%2f..%2fapplication.properties HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /graphiql/%2e%2e/%2e%2e/application.properties HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET http://elsewhere.example/v1/measures HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n",
            "TRACE /v1/measures HTTP/1.1\r\nHost: localhost\r\nX-Secret: 1\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\nA\0b: c\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost : localhost\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: \u00ff\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: a b<script>\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: a\r\nAccept: \u00e9\u00ff;;;q=,\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: a\r\nAccept-Language: \u00e9-,;q=x\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: a\r\nX-Request-Id: <b>alert(1)</b>\r\n\r\n",
            "GET /v1/measures HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"\"\"\0\r\n\r\n",
            POST + "Content-Type: /;;charset\r\nContent-Length: 2\r\n\r\n{}",
            POST + "Content-Length: 2\r\n\r\n\0\0",
            POST + "Content-Length: -1\r\n\r\n{}",
            POST + "Content-Length: 2x\r\n\r\n{}",
            POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
            POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
            POST + "Transfer-Encoding: gzip\r\n\r\n{}",
            POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
    RawConnection.atOnce(hostile, request -> RawConnection.exchange(service, request))
        .forEach(
            (request, answer) ->
                assertThat(answer)
                    .as(request)
                    .doesNotContain("HTTP/1.1 5", "HTTP/1.0 5")
                    .doesNotContainIgnoringCase("x-injected: yes\r\n")
                    .doesNotContain(
                        "Exception", "\tat ", "io.netty", "io.vertx", "fr.opendamir", "<html")
                    .doesNotContainIgnoringCase("\r\nserver:"));
    given().get("/v1/measures").then().statusCode(200);
  }

  /** What one server takes for the end of a request, another must not take for its middle. */
  @Test
  void nothingIsSmuggledBehindAnAmbiguousEnd() {
    List<String> ends =
        List.of(
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
            "Content-Length: 2, 3\r\n\r\n{} ",
            "Content-Length: +2\r\n\r\n{}",
            "Content-Length : 2\r\n\r\n{}",
            "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    RawConnection.atOnce(ends, end -> RawConnection.exchange(service, POST + end + MEASURES))
        .forEach(
            (end, answer) ->
                assertThat(answer)
                    .as(end)
                    .doesNotContain("HTTP/1.1 200")
                    .doesNotContain("HTTP/1.1 5"));
  }

  /** A server before this one may see another request line where they are skipped. */
  @Test
  void controlCharactersBeforeARequestAreNotSkipped() {
    RawConnection.atOnce(
            List.of("\u0001", "\u0000\u0000", "\t\u0007", "\u001f"),
            characters -> RawConnection.exchange(service, characters + MEASURES))
        .forEach(
            (characters, answer) ->
                assertThat(answer).as(characters).doesNotContain("HTTP/1.1 200"));
  }

  @Test
  void unknownMethodsAreRefusedAsProblems() {
    for (String method : List.of("DELETE", "PUT", "PATCH", "PROPFIND", "BREW")) {
      for (String path : List.of("/v1/measures", "/v1/aggregates", "/graphql")) {
        assertThat(given().request(method, path).statusCode()).as(method + path).isEqualTo(405);
      }
    }
    given()
        .header("Accept-Language", "en")
        .delete("/v1/measures")
        .then()
        .contentType("application/problem+json")
        .body("type", equalTo("/v1/problems/method-not-allowed"));
  }

  @Test
  void twoHostsAreRefused() throws IOException {
    for (String second : List.of("Host: elsewhere.example", "host: localhost", "Host:")) {
      assertThat(
              RawConnection.ask(
                  service,
                  "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n" + second + "\r\n\r\n"))
          .as(second)
          .startsWith("HTTP/1.1 400");
    }
  }

  /** Reading them takes longer than what they ask for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Content-Type",
        "Forwarded",
        "If-Modified-Since",
        "If-None-Match",
        "Origin",
        "X-API-Key",
        "X-Forwarded-For"
      })
  void headersThatAreReadHaveBoundsAndBeyondThemAreNamed(String name) throws IOException {
    String head = "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n";
    String one = RawConnection.ask(service, head + name + ": " + "a,".repeat(3_000) + "\r\n\r\n");
    String many = RawConnection.ask(service, head + (name + ": a\r\n").repeat(4_100) + "\r\n");
    assertThat(one)
        .startsWith("HTTP/1.1 431")
        .contains("/v1/problems/header-too-long", name)
        .containsIgnoringCase("x-request-id: ");
    assertThat(many).startsWith("HTTP/1.1 431");
    assertThat(
            RawConnection.ask(
                service, head + "Authorization: Negotiate " + "a".repeat(6_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void headersAreLimitedInSizeAndTheAnswerIsShort() throws IOException {
    String head = "GET /v1/measures HTTP/1.1\r\nHost: localhost\r\n";
    String one = RawConnection.ask(service, head + "A: " + "b".repeat(20_000) + "\r\n\r\n");
    String many = RawConnection.ask(service, head + "A: b\r\n".repeat(5_000) + "\r\n");
    for (String answer : List.of(one, many)) {
      assertThat(answer).startsWith("HTTP/1.1 431").hasSizeLessThan(300);
    }
    assertThat(RawConnection.ask(service, head + "A: " + "b".repeat(8_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void addressesBeyondWhatIsReadAtAllAreRefusedShortly() throws IOException {
    assertThat(
            RawConnection.ask(
                service, "GET /" + "a".repeat(300_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 414 .*")
        .hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/aggregates/query", "/graphql", "/v1/measures", "/nope"})
  void bodiesBeyondTheLimitAreRefusedAsAProblemBeforeTheyAreRead(String path) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\nContent-Type: application/json\r\n"
            .formatted(path);
    String told =
        RawConnection.ask(service, head + "Content-Length: " + (BODY_LIMIT + 1) + "\r\n\r\n");
    assertThat(told)
        .startsWith("HTTP/1.1 413")
        .contains("/v1/problems/request-too-large", "X-Content-Type-Options");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/aggregates/query", "/graphql"})
  void bodiesThatDoNotTellTheirLengthAreStoppedAtTheLimit(String path) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n".formatted(path);
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    String answer =
        RawConnection.ask(service, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("X-Content-Type-Options");
    assertThat(
            RawConnection.ask(
                service,
                head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(15) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void aQuestionInChunksIsAnswered() throws IOException {
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    assertThat(
            RawConnection.ask(
                service,
                POST
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(15)
                    + "15\r\n{\"group_by\":\"region\"}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyOfTheLimitIsRead() {
    String question = "{\"group_by\":\"region\"}";
    given()
        .contentType("application/json")
        .body(question + " ".repeat(BODY_LIMIT - question.length()))
        .post("/v1/aggregates/query")
        .then()
        .statusCode(200);
  }

  @Test
  void clientsThatExpectToContinueMayDoSoUnlessTheBodyIsTooLong() throws IOException {
    try (RawConnection connection = RawConnection.to(service)) {
      connection.send(POST + "Content-Length: 21\r\nExpect: 100-continue\r\n\r\n");
      String interim = connection.answer(Duration.ofMillis(500));
      assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      connection.send("{\"group_by\":\"region\"}");
      assertThat(connection.answer(Duration.ofMillis(500))).contains("HTTP/1.1 200");
    }
    assertThat(
            RawConnection.exchange(
                service, POST + "Content-Length: 999999\r\nExpect: 100-continue\r\n\r\n"))
        .contains("HTTP/1.1 413");
    assertThat(
            RawConnection.exchange(
                service, POST + "Content-Length: 2\r\nExpect: miracles\r\n\r\n{}"))
        .startsWith("HTTP/1.1 ")
        .doesNotContain("HTTP/1.1 5");
  }

  @Test
  void clearTextConnectionsSpeakOneProtocolOnly() throws IOException {
    assertThat(RawConnection.exchange(service, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        .contains(" 400 Bad Request")
        .doesNotContain("\0");
    assertThat(
            RawConnection.exchange(
                service,
                """
                GET /v1/measures HTTP/1.1
                Host: localhost
                Connection: Upgrade, HTTP2-Settings
                Upgrade: h2c
                HTTP2-Settings: AAMAAABkAAQAAP__

                """
                    .replace("\n", "\r\n")))
        .doesNotContain("101 Switching");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/v1",
        "/v1/nope",
        "/v2/aggregates",
        "/q",
        "/q/dev",
        "/q/dev-ui",
        "/q/health",
        "/q/health/live",
        "/q/metrics",
        "/q/info",
        "/q/arc",
        "/metrics",
        "/health",
        "/admin",
        "/admin/keys",
        "/application.properties",
        "/META-INF/MANIFEST.MF",
        "/.git/config",
        "/.well-known/nope",
        "/graphiql/nope.js",
        "/graphql/nope",
        "/openapi/nope",
      })
  void unknownAddressesAreProblemsAndNothingOfTheOperatorIsAmongThem(String path) {
    for (String accept : List.of("*/*", "text/html", "application/json")) {
      given()
          .header("Accept", accept)
          .header("Accept-Language", "en")
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("type", equalTo("/v1/problems/not-found"))
          .body("instance", equalTo(path))
          .body("detail", containsString("does not exist"));
    }
  }

  @Test
  void requestsMayFollowOneAnotherOnOneConnection() throws IOException {
    List<Integer> places = new ArrayList<>();
    String answers = RawConnection.exchange(service, MEASURES + MEASURES);
    for (int at = answers.indexOf("HTTP/1.1 200"); at >= 0; ) {
      places.add(at);
      at = answers.indexOf("HTTP/1.1 200", at + 1);
    }
    assertThat(places).hasSize(2);
  }
}
