package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import fr.opendamir.access.IssuedKey;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.access.UsageCount;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.access.UsageStore;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.RawConnection;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** What answers cost and say of it, who is refused, and who is not. */
@QuarkusTest
@QuarkusTestResource(value = SmallAllowances.class, restrictToAnnotatedClass = true)
class LimitsApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AtomicInteger CALLERS = new AtomicInteger();

  /** Nothing is over 10^12: an answer without rows, which costs 2 of the 3 units it could. */
  private static final String NO_ROWS = "&group_by=region&having=reimbursed:ge:1000000000000";

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  @TestHTTPResource("/")
  URI service;

  @Inject KeyRegistry registry;
  @Inject UsageRecorder recorder;
  @Inject UsageStore usage;

  private final String address = "203.0.113." + CALLERS.incrementAndGet();

  @Test
  void anAnswerCostsTheSameWorkedOutOrKept() {
    String question = "/v1/aggregates?group_by=month&measures=charged&labels=id";
    Response first = caller().get(question);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.header("RateLimit-Policy"))
        .isEqualTo("\"burst\";q=10;w=3600, \"daily\";q=1000;w=86400");
    assertThat(first.header("RateLimit"))
        .matches("\"burst\";r=7;t=3\\d{3}, \"daily\";r=997;t=86[34]\\d\\d");
    assertThat(first.header("X-RateLimit-Limit")).isEqualTo("10");
    assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("7");
    assertThat(first.header("X-RateLimit-Reset")).matches("3\\d{3}");

    remaining(caller().get(question), 4);
    remaining(caller().get(question + "&lang=fr"), 1);
    refused(caller().get(question));
    Response refused = caller().get("/v1/aggregates?group_by=sex");
    refused(refused);
    ContractDocument contract = ContractDocument.committed();
    DocumentedOperation documented = contract.operation("getAggregates");
    assertThat(documented.headers(429))
        .contains("Retry-After", "RateLimit")
        .allMatch(refused.headers()::hasHeaderWithName);
    assertThat(
            contract.validate(
                documented.schema(429, "application/problem+json"), refused.asString()))
        .isEmpty();
    refused(caller().contentType("application/json").body("{}").post("/v1/aggregates/query"));

    free(caller().header("If-None-Match", first.header("ETag")).get(question), 304);
    free(caller().header("If-None-Match", first.header("ETag")).get(question + "&lang=fr"), 304);
    free(caller().head(question), 200);
    free(caller().get(question + "&dry_run=true"), 200);
    free(caller().get("/v1/measures"), 200);
    free(caller().get("/openapi"), 200);
    caller()
        .get("/v1/limits")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("plan", equalTo("anonymous"))
        .body(
            "allowances.name", contains("burst", "daily", "requests", "files-burst", "files-daily"))
        .body("allowances.quota", contains(10, 1000, 30, 100, 10_000))
        .body("allowances[0].remaining", equalTo(1))
        .body("allowances[1].remaining", equalTo(991))
        .body("question.max_limit", equalTo(10_000))
        .body("doors.graphql.max_depth", equalTo(8))
        .body("doors.mcp.max_body_bytes", equalTo(65_536))
        .body("doors.mcp.max_rows", equalTo(100));
  }

  /** The third of equal requests is answered in front of the filters. */
  @Test
  void whatIsReplayedIsPaidForAndRefusedAsEverythingElse() {
    String question = "/v1/aggregates?group_by=sex&measures=charged&labels=id";
    Response first = caller().get(question);
    remaining(first, 7);
    remaining(caller().get(question), 4);
    remaining(caller().get(question), 1);
    int requests = requestsLeft();
    refused(caller().get(question));
    assertThat(left()).isEqualTo(1);
    for (int i = 0; i < 4; i++) {
      free(caller().header("If-None-Match", first.header("ETag")).get(question), 304);
    }
    // of one refusal, four answers, and two questions about what is left
    assertThat(requestsLeft()).isEqualTo(requests - 7);
    for (int i = requestsLeft(); i > 0; i--) {
      free(caller().header("If-None-Match", first.header("ETag")).get(question), 304);
    }
    refused(caller().header("If-None-Match", first.header("ETag")).get(question), "requests");
  }

  @Test
  void whatAnAnswerDidNotCostIsGivenBack() {
    remaining(caller().get("/v1/aggregates?measures=reimbursed" + NO_ROWS), 8);
    assertThat(left()).isEqualTo(8);
    caller().get("/v1/aggregates?measures=average_charge").then().statusCode(422);
    caller().get("/v1/aggregates?foo=1").then().statusCode(400);
    assertThat(left()).isEqualTo(8);
    Response all = caller().get("/v1/aggregates?format=csv&limit=all" + NO_ROWS);
    remaining(all, 6);
    assertThat(all.asString().lines()).hasSize(1);
    assertThat(left()).isEqualTo(6);
    Response rows = caller().get("/v1/aggregates?format=ndjson&limit=all&group_by=region");
    assertThat(rows.asString().lines()).hasSize(3);
    assertThat(left()).isEqualTo(3);
  }

  @Test
  void graphqlSharesAllowanceAndPriceAndTellsTheThrottleByPost() {
    String query = "{ spending { nodes { sex { code } charged } } }";
    for (int remaining = 7; remaining >= 1; remaining -= 3) {
      Response answer = post(query);
      remaining(answer, remaining);
      answer
          .then()
          .header("Cache-Control", "no-store")
          .body("data.spending.nodes", not(nullValue()))
          .body("extensions.cost.actualQueryCost", equalTo(3))
          .body("extensions.cost.throttleStatus.maximumAvailable", equalTo(10))
          .body("extensions.cost.throttleStatus.currentlyAvailable", equalTo(remaining))
          .body("extensions.cost.throttleStatus.restoreRate", equalTo(0.003f));
    }
    refusedInGraphql(post(query));
    refusedInGraphql(post("{ spending { nodes { month charged } } }"));
    refusedInGraphql(caller().queryParam("query", query).get("/graphql"));
  }

  @Test
  void graphqlByGetIsForEverybodyAndFreeWhereItIsKnown() {
    String query = "{ spending { nodes { ageBand { code } charged } } }";
    Response first = caller().queryParam("query", query).get("/graphql");
    remaining(first, 7);
    first.then().body("extensions.cost.throttleStatus", nullValue());
    Response kept = caller().queryParam("query", query).get("/graphql");
    remaining(kept, 4);
    assertThat(kept.asString()).isEqualTo(first.asString());
    free(
        caller()
            .header("If-None-Match", first.header("ETag"))
            .queryParam("query", query)
            .get("/graphql"),
        304);
    free(caller().queryParam("query", query).head("/graphql"), 200);
    free(post("{ measures { id } }"), 200);
    assertThat(left()).isEqualTo(4);
  }

  /** The attack: 1.2 KB that ask for 2.5 MB. It is refused before the codes are written. */
  @Test
  void vocabularyOfGraphqlIsPaidForWhereItIsMuch() {
    free(post("{ dimensions(names: SEX) { codes { code label } } }"), 200);
    String services = "{ dimensions(names: SERVICE) { codes { code label } } }";
    remaining(post(services), 9);
    remaining(post(services), 8);
    String aliases =
        IntStream.range(10, 24)
            .mapToObj(i -> "x".repeat(62) + i + ": label")
            .collect(Collectors.joining(" "));
    Response answer = post("{ dimensions { codes { %s } } }".formatted(aliases));
    answer
        .then()
        .statusCode(429)
        .body("data", nullValue())
        .body("errors[0].extensions.code", equalTo("quota_exceeded"));
    free(post("{ dimensions(names: SEX) { codes { code } } }"), 200);
  }

  @Test
  void aFieldThatIsRefusedIsAnErrorBesideThoseThatAreNot() {
    remaining(caller().get("/v1/aggregates?group_by=quarter"), 7);
    String fields =
        "a: spending { nodes { quarter charged } } b: spending { nodes { year charged } }"
            + " c: spending { nodes { insurance { code } charged } }";
    post("{ %s }".formatted(fields))
        .then()
        .statusCode(200)
        .body("data.a.nodes", not(nullValue()))
        .body("data.b.nodes", not(nullValue()))
        .body("data.c", nullValue())
        .body("errors", hasSize(1))
        .body("errors[0].path", contains("c"))
        .body("errors[0].extensions.code", equalTo("quota_exceeded"))
        .body("errors[0].extensions.problem.'violated-policies'", contains("burst"))
        .body("extensions.cost.throttleStatus.currentlyAvailable", equalTo(1));
    // What one caller was refused is not what the next one is told.
    given()
        .header("X-Forwarded-For", "198.51.100.7")
        .contentType("application/json")
        .body("{\"query\":\"{ %s }\"}".formatted(fields))
        .post("/graphql")
        .then()
        .statusCode(200)
        .body("errors", nullValue());
  }

  @Test
  void theLimitsOfACallerAreNeverKept() {
    String query =
        "{ l: limits { plan maxDepth allowances { name quota windowSeconds remaining } } }";
    for (int i = 0; i < 2; i++) {
      caller()
          .header("If-None-Match", "*")
          .queryParam("query", query)
          .get("/graphql")
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .header("ETag", nullValue())
          .body("data.l.plan", equalTo("anonymous"))
          .body(
              "data.l.allowances.name",
              contains("burst", "daily", "requests", "files-burst", "files-daily"))
          .body("data.l.allowances[2].remaining", equalTo(29 - i));
    }
    post("query { ...F } fragment F on Query { limits { plan } }")
        .then()
        .statusCode(200)
        .body("data.limits.plan", equalTo("anonymous"));
  }

  @Test
  void aKeyHasAnAllowanceOfItsOwn() {
    IssuedKey key = issue();
    String text = key.text().reveal();
    String question = "/v1/aggregates?group_by=service_kind";
    for (String name : List.of("X-API-Key", "Authorization")) {
      Response answer =
          caller()
              .header(name, name.equals("Authorization") ? "bearer " + text : text)
              .get(question);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.header("RateLimit-Policy")).startsWith("\"burst\";q=20;w=3600, \"daily\"");
    }
    caller()
        .header("X-API-Key", text)
        .get("/v1/limits")
        .then()
        .body("plan", equalTo("partner"))
        .body("allowances[0].remaining", equalTo(14));
    for (String other : List.of("Basic dTpw", "Digest a=\"b\"", "Bearer", "", "Bearer e30.e30")) {
      caller()
          .header("X-API-Key", text)
          .header("Authorization", other)
          .get("/v1/limits")
          .then()
          .statusCode(200)
          .body("plan", equalTo("partner"));
    }
    // The look-up was on the account of the network; nothing else was.
    assertThat(left()).isEqualTo(10);
    assertThat(requestsLeft()).isEqualTo(30 - 3);

    var unused = registry.revoke(String.valueOf(key.record().id())).await().atMost(LIMIT);
    awaitRevoked(text);
    for (String door : List.of("/v1/measures", "/graphql", "/openapi")) {
      unauthorized(caller().header("X-API-Key", text).get(door));
    }
  }

  @Test
  void whatIsNoValidKeyIsRefusedAndNeverAnonymous() {
    String unknown = "odk_4fTz9QabcDEFGHijklMNOPqrstUVWXyz0000";
    for (String door : List.of("/v1/aggregates", "/graphql", "/openapi")) {
      unauthorized(caller().header("X-API-Key", unknown).get(door));
      unauthorized(caller().header("Authorization", "Bearer x").get(door));
      unauthorized(caller().header("Authorization", "Basic dTpw").get(door));
      unauthorized(caller().header("X-API-Key", "").get(door));
    }
    caller()
        .header("Accept-Language", "en")
        .header("X-API-Key", "x")
        .get("/v1/measures")
        .then()
        .body("title", equalTo("Key refused"));
    caller()
        .header("Accept-Language", "en")
        .header("Authorization", "Basic dTpw")
        .get("/v1/measures")
        .then()
        .statusCode(401)
        .header("RateLimit", notNullValue())
        .header("Access-Control-Allow-Origin", equalTo("*"))
        .body("detail", containsString("Basic"))
        .body("detail", containsString(".netrc"));
    assertThat(caller().header("X-API-Key", "x").head("/v1/measures").statusCode()).isEqualTo(401);
    for (String name : List.of("api_key", "key", "apikey")) {
      caller()
          .get("/v1/aggregates?" + name + "=" + unknown)
          .then()
          .statusCode(400)
          .body("errors.code", hasItem("unknown_parameter"));
    }
  }

  @Test
  void requestsAreLimitedBesidesHoweverThePathIsSpelled() {
    for (int i = 1; i <= 30; i++) {
      String path = i % 2 == 0 ? "/%76%31/measures" : "/v1/./measures";
      Response answer = caller().urlEncodingEnabled(false).get(path);
      assertThat(answer.header("RateLimit")).startsWith("\"requests\";r=" + (30 - i) + ";t=3");
    }
    Response refused = caller().get("/v1/measures");
    refused(refused, "requests");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"requests\";q=30;w=3600");
    refused(caller().header("X-API-Key", "x").get("/v1/measures"), "requests");
    given().header("X-Forwarded-For", "198.51.100.8").get("/v1/measures").then().statusCode(200);
    caller().get("/").then().statusCode(429).body("'violated-policies'", contains("requests"));
  }

  /** Addresses and methods of every kind, and what is wrong before any door. */
  static Stream<Arguments> requestsOfEveryKind() {
    List<Arguments> all = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/favicon.ico",
            "/nope",
            "/v1",
            "/v1/nope",
            "/v1/measures",
            "/v1/aggregates?dry_run=true",
            "/v1/problems/not-found",
            "/graphql",
            "/graphql/schema.graphql",
            "/graphiql",
            "/graphiql/",
            "/graphiql/graphiql.min.js",
            "/graphiql/nope.js",
            "/openapi",
            "/q/health",
            "/admin/keys",
            "/%c3%28",
            "/" + "a".repeat(20_000),
            "/v1/measures?a=" + "a".repeat(20_000),
            "/nope?" + "a&".repeat(1_001))) {
      for (String method : List.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW")) {
        all.add(Arguments.of(method, path, Map.of()));
      }
    }
    for (String path : List.of("/", "/nope", "/v1/measures", "/graphiql/graphiql.min.js")) {
      for (String name : List.of("Accept", "Accept-Language", "If-None-Match", "Content-Type")) {
        all.add(Arguments.of("GET", path, Map.of(name, "a,".repeat(3_000))));
      }
      all.add(Arguments.of("POST", path, Map.of("Content-Length", "99999999")));
    }
    return all.stream();
  }

  @Test
  void everyRequestIsCountedAndLimited() {
    List<Arguments> requests = requestsOfEveryKind().toList();
    SideBySide.check(
        IntStream.range(0, requests.size()).boxed().toList(),
        i ->
            assertIsCounted(
                "2001:db8:" + Integer.toHexString(i + 1) + "::1", requests.get(i).get()));
  }

  /** A request of a caller who sends no other. */
  private void assertIsCounted(String caller, Object... request) throws IOException {
    StringBuilder head =
        new StringBuilder(
            "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(request));
    head.append("X-Forwarded-For: ").append(caller).append("\r\n");
    Map<?, ?> headers = (Map<?, ?>) request[2];
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    String answer = RawConnection.exchange(service, head + "\r\n");
    String described = head.substring(0, Math.min(120, head.length()));
    assertThat(answer).as(described).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
    assertThat(
            (int)
                given()
                    .header("X-Forwarded-For", caller)
                    .get("/v1/limits")
                    .path("allowances[2].remaining"))
        .as(described)
        .isEqualTo(30 - 2);
  }

  @Test
  void preflightsAreCountedAndNotLimited() {
    double before = requestsOfOther();
    for (int i = 0; i < 40; i++) {
      caller()
          .header("Origin", "https://example.org")
          .header("Access-Control-Request-Method", "GET")
          .options("/nope")
          .then()
          .statusCode(204);
    }
    Eventually.isTrue(() -> requestsOfOther() == before + 40);
    assertThat(requestsLeft()).isEqualTo(29);
  }

  private double requestsOfOther() {
    return given()
        .port(managementPort)
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("opendamir_requests_total{door=\"other\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void keysThatOpenNothingAreSlowedAndValidOnesOfTheSameNetworkAreNot() {
    IssuedKey valid = issue();
    caller().header("X-API-Key", valid.text().reveal()).get("/v1/measures").then().statusCode(200);
    IssuedKey revoked = issue();
    var unused = registry.revoke(String.valueOf(revoked.record().id())).await().atMost(LIMIT);
    awaitRevoked(revoked.text().reveal());
    for (int i = 0; i < 20; i++) {
      unauthorized(caller().header("X-API-Key", revoked.text().reveal()).get("/v1/measures"));
    }
    Response refused = caller().header("X-API-Key", revoked.text().reveal()).get("/v1/measures");
    refused
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("'violated-policies'", contains("wrong-keys"));
    caller().header("X-API-Key", valid.text().reveal()).get("/v1/measures").then().statusCode(200);
    caller().get("/v1/measures").then().statusCode(200);
  }

  @Test
  void allNetworksOfASiteOfIpv6AreLimitedTogether() {
    Response limits = given().header("X-Forwarded-For", "2001:db8:ffff:1::1").get("/v1/limits");
    limits
        .then()
        .body(
            "allowances.name",
            contains(
                "burst",
                "daily",
                "requests",
                "site-burst",
                "site-daily",
                "site-requests",
                "files-burst",
                "files-daily",
                "files-site-burst",
                "files-site-daily"))
        .body("allowances[3].quota", equalTo(160))
        .body("doors.http.ipv6_site_factor", equalTo(16));
    SideBySide.check(
        IntStream.range(0, 16 * 30 - 1).boxed().toList(),
        i ->
            given()
                .header("X-Forwarded-For", "2001:db8:ffff:" + i / 29 + "::2")
                .head("/v1/measures"));
    Response refused =
        given().header("X-Forwarded-For", "2001:db8:ffff:aaaa::2").get("/v1/measures");
    refused(refused, "site-requests");
    given()
        .header("X-Forwarded-For", "2001:db8:fffe::2")
        .get("/v1/measures")
        .then()
        .statusCode(200);
  }

  @Test
  void requestsAndUnitsAreCountedByPlanAndNeverByCaller() {
    remaining(caller().get("/v1/aggregates?group_by=care_lag"), 7);
    caller().header("X-API-Key", "x").get("/v1/measures").then().statusCode(401);
    String metrics = given().port(managementPort).get("/q/metrics").asString();
    assertThat(metrics)
        .containsPattern(
            "opendamir_requests_total\\{door=\"rest\",outcome=\"ok\",plan=\"anonymous\"\\} [1-9]")
        .containsPattern("outcome=\"client_error\",plan=\"anonymous\"\\} [1-9]")
        .containsPattern("opendamir_units_total\\{door=\"rest\",plan=\"anonymous\"\\} [1-9]")
        .contains("opendamir_database_questions_in_work 0.0")
        .contains("opendamir_database_questions_waiting 0.0")
        .contains("opendamir_limits_degraded 0.0")
        .doesNotContain(address);
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("limits"))
        .body("checks.status", everyItem(equalTo("UP")));
    given().get("/q/metrics").then().statusCode(404);
    given().get("/q/health").then().statusCode(404);
  }

  @Test
  void usageIsKeptByKeyAndDoor() {
    IssuedKey key = issue();
    for (String path : List.of("/v1/aggregates?group_by=exemption", "/v1/measures")) {
      caller().header("X-API-Key", key.text().reveal()).get(path).then().statusCode(200);
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<UsageCount> counted = counted(key, today);
    long end = System.nanoTime() + LIMIT.toNanos();
    // A request is over a moment after its reader has the answer.
    while (counted.stream().mapToLong(UsageCount::requests).sum() < 2 && System.nanoTime() < end) {
      counted = counted(key, today);
    }
    assertThat(counted)
        .containsExactly(
            new UsageCount(today, Optional.of(key.record().id()), "partner", "rest", 2, 3, 0));
  }

  private List<UsageCount> counted(IssuedKey key, LocalDate day) {
    recorder.flush().await().atMost(LIMIT);
    return usage.list(day, day).await().atMost(LIMIT).stream()
        .filter(count -> count.keyId().equals(Optional.of(key.record().id())))
        .toList();
  }

  private RequestSpecification caller() {
    return given().header("X-Forwarded-For", address);
  }

  private Response post(String query) {
    return caller()
        .contentType("application/json")
        .body("{\"query\":\"%s\"}".formatted(query))
        .post("/graphql");
  }

  private IssuedKey issue() {
    return registry.create("Ada", "partner", Optional.empty()).await().atMost(LIMIT);
  }

  /** Notifications take their time. */
  private void awaitRevoked(String text) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (given()
            .header("X-Forwarded-For", "198.51.100.9")
            .header("X-API-Key", text)
            .head("/v1/limits")
            .statusCode()
        != 401) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
    }
  }

  private int left() {
    return caller().get("/v1/limits").path("allowances[0].remaining");
  }

  /** An agent reads no headers: the refusal of a call is a result that says how long to wait. */
  @Test
  void agentsPayTheSameAndAreToldHowLongToWait() {
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"spending\","
            + "\"arguments\":{\"group_by\":[\"month\"],\"measures\":[\"charged\"]}}}";
    for (int left = 7; left >= 1; left -= 3) {
      Response answer = agent(call);
      remaining(answer, left);
      answer.then().body("result.structuredContent.price_units", equalTo(3));
    }
    Response refused = agent(call);
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.header("RateLimit")).startsWith("\"burst\";r=1;t=3");
    assertThat(refused.<Boolean>path("result.isError")).isTrue();
    assertThat(refused.<String>path("result.content[0].text"))
        .containsPattern("Wait 3\\d{3} seconds");
    assertThat(refused.<String>path("result._meta.'opendamir/code'")).isEqualTo("quota_exceeded");
    assertThat(refused.<Integer>path("result._meta.'opendamir/retry_after_seconds'"))
        .isBetween(3000, 3600);
    free(agent(call.replace("spending", "describe_data").replaceAll("\"group.*]", "")), 200);

    for (int sent = 0; sent < 30; sent++) {
      agent("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    }
    agent(call)
        .then()
        .statusCode(429)
        .header("Retry-After", matchesPattern("3\\d{3}"))
        .body("'violated-policies'", contains("requests"));
  }

  private Response agent(String message) {
    return caller().contentType("application/json").body(message).post("/mcp");
  }

  private int requestsLeft() {
    return caller().get("/v1/limits").path("allowances[2].remaining");
  }

  private static void remaining(Response answer, int units) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.header("RateLimit")).startsWith("\"burst\";r=" + units + ";t=3");
  }

  private static void free(Response answer, int status) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.header("RateLimit")).startsWith("\"requests\";r=");
  }

  private static void refused(Response answer) {
    refused(answer, "burst");
  }

  private static void refused(Response answer, String policy) {
    answer
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("type", equalTo("https://iana.org/assignments/http-problem-types#quota-exceeded"))
        .body("status", equalTo(429))
        .body("title", notNullValue())
        .body("instance", containsString("/v1"))
        .body("request_id", equalTo(answer.header("X-Request-Id")))
        .body("'violated-policies'", contains(policy));
    assertThat(answer.header("Retry-After")).matches("3\\d{3}");
    assertThat(answer.header("RateLimit")).contains("\"" + policy + "\";r=");
  }

  private static void refusedInGraphql(Response answer) {
    answer
        .then()
        .statusCode(429)
        .header("Cache-Control", "no-store")
        .body("data", nullValue())
        .body("errors[0].extensions.code", equalTo("quota_exceeded"))
        .body("errors[0].extensions.problem.status", equalTo(429))
        .body("errors[0].extensions.problem.'violated-policies'", contains("burst"));
    assertThat(answer.header("Retry-After")).matches("3\\d{3}");
    assertThat(answer.header("RateLimit")).startsWith("\"burst\";r=1;t=3");
  }

  private static void unauthorized(Response answer) {
    answer
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("Bearer"))
        .header("Cache-Control", "no-store")
        .body("type", equalTo("/v1/problems/invalid-key"))
        .body("status", equalTo(401));
  }
}
