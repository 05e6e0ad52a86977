package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import fr.opendamir.access.Admission;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.HeldColumns;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * More questions than the database takes: 3 at a time, 2 of them of one caller, 2 that wait, and 4
 * of an anonymous caller in all.
 */
@QuarkusTest
@QuarkusTestResource(value = BusyServer.class, restrictToAnnotatedClass = true)
class OverloadApiTest {
  private static final String KEPT = "/v1/aggregates?measures=charged&group_by=month";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  @Inject KeyRegistry registry;
  @Inject Admission admission;

  private final ExecutorService readers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    readers.shutdownNow();
  }

  @Test
  void whoComesTooManyIsRefusedKeyedCallersLastAndNothingIsLeftBehind() throws Exception {
    String key =
        registry.create("Ada", "partner", Optional.empty()).await().atMost(LIMIT).text().reveal();
    given().header("X-API-Key", key).get(KEPT).then().statusCode(200);
    List<CompletableFuture<Response>> anonymous = new ArrayList<>();
    List<CompletableFuture<Response>> keyed = new ArrayList<>();
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      for (String dimension : List.of("region", "age_band", "sex", "service")) {
        anonymous.add(ask(given(), dimension));
      }
      Eventually.isTrue(() -> admission.inWork() == 2 && admission.waiting() == 2);
      Response oneTooMany = given().get("/v1/aggregates?group_by=insurance");
      assertThat(oneTooMany.statusCode()).isEqualTo(429);
      assertThat(oneTooMany.header("Retry-After")).isEqualTo("1");
      assertThat((String) oneTooMany.path("type")).isEqualTo("/v1/problems/too-many-at-once");

      for (String dimension : List.of("exemption", "supplement", "facility_type")) {
        keyed.add(ask(given().header("X-API-Key", key), dimension));
      }
      // One place was left for the first of them, and the line is full of keyed callers: anonymous
      // ones that waited had to leave it.
      Eventually.isTrue(() -> anonymous.stream().filter(CompletableFuture::isDone).count() == 2);
      overloaded(given().header("X-API-Key", key).get("/v1/aggregates?group_by=insurance"));
      overloaded(given().get("/v1/aggregates?group_by=insurance&format=csv&limit=all"));
      given()
          .contentType("application/json")
          .body("{\"query\":\"{ spending { nodes { insurance { code } } } }\"}")
          .post("/graphql")
          .then()
          .statusCode(503)
          .body("errors[0].extensions.code", equalTo("overloaded"));

      given().get(KEPT).then().statusCode(200);
      given().port(managementPort).get("/q/health/ready").then().statusCode(200);
      hold.release();
    }
    assertThat(statuses(anonymous)).isEqualTo(Map.of(200, 2L, 503, 2L));
    assertThat(statuses(keyed)).isEqualTo(Map.of(200, 3L));
    for (CompletableFuture<Response> answer : anonymous) {
      if (answer.get().statusCode() == 503) {
        overloaded(answer.get());
      }
    }
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
    for (String dimension : List.of("region", "age_band", "sex", "service", "insurance")) {
      given().get("/v1/aggregates?group_by=" + dimension).then().statusCode(200);
    }
    given().get("/v1/aggregates?group_by=insurance&format=csv&limit=all").then().statusCode(200);
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  @Test
  void anAgentThatHammersTakesNoPlaceOfOtherReaders() throws Exception {
    String key =
        registry.create("Ada", "partner", Optional.empty()).await().atMost(LIMIT).text().reveal();
    List<CompletableFuture<Response>> calls = new ArrayList<>();
    CompletableFuture<Response> other;
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      for (int limit = 1; limit <= 40; limit++) {
        String message =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"spending\","
                + "\"arguments\":{\"group_by\":\"region\",\"sort\":\"-reimbursed\",\"limit\":%d}}}"
                    .formatted(limit);
        calls.add(
            CompletableFuture.supplyAsync(
                () -> given().contentType("application/json").body(message).post("/mcp"), readers));
      }
      Eventually.isTrue(() -> calls.stream().filter(CompletableFuture::isDone).count() == 36);
      for (CompletableFuture<Response> refused : calls) {
        if (refused.isDone()) {
          refused
              .get()
              .then()
              .statusCode(200)
              .body("result.isError", equalTo(true))
              .body("result._meta.'opendamir/code'", equalTo("too_many_at_once"))
              .body("result.content[0].text", containsString("Wait 1 seconds"));
        }
      }
      other = ask(given().header("X-API-Key", key), "region,sex");
      Eventually.isTrue(() -> admission.inWork() == 3);
      assertThat(other).as("it has a place, and no line before it").isNotDone();
      hold.release();
    }
    assertThat(other.get().statusCode()).isEqualTo(200);
    assertThat(statuses(calls)).isEqualTo(Map.of(200, 40L));
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  @Test
  void fourTimesAsManyQuestionsAsItTakesAreAnsweredOrRefusedAndNothingElse() throws Exception {
    String key =
        registry.create("Ada", "partner", Optional.empty()).await().atMost(LIMIT).text().reveal();
    List<CompletableFuture<Response>> answers = new ArrayList<>();
    for (int limit = 1; limit <= 200; limit++) {
      String address = "/v1/aggregates?group_by=service,sex&limit=" + limit;
      answers.add(
          CompletableFuture.supplyAsync(
              () -> given().header("X-API-Key", key).get(address), readers));
    }
    for (CompletableFuture<Response> answer : answers) {
      int status = answer.get().statusCode();
      assertThat(status).isIn(200, 429, 503);
      if (status != 200) {
        assertThat(answer.get().header("Retry-After")).matches("[1-9]\\d*");
      }
    }
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
    given().get("/v1/aggregates?group_by=service,sex&limit=500").then().statusCode(200);
  }

  @Test
  void headersOfNobodyTrustedChangeNothing() {
    int before = requestsLeft("192.0.2.1");
    for (int i = 2; i < 12; i++) {
      assertThat(requestsLeft("192.0.2." + i)).isEqualTo(before - i + 1);
    }
  }

  private static int requestsLeft(String forged) {
    return given()
        .header("X-Forwarded-For", forged)
        .header("Forwarded", "for=" + forged)
        .header("X-Real-IP", forged)
        .get("/v1/limits")
        .path("allowances[2].remaining");
  }

  private CompletableFuture<Response> ask(RequestSpecification caller, String dimension) {
    return CompletableFuture.supplyAsync(
        () -> caller.get("/v1/aggregates?group_by=" + dimension), readers);
  }

  private static void overloaded(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat((String) answer.path("type")).isEqualTo("/v1/problems/overloaded");
    assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
  }

  private static Map<Integer, Long> statuses(List<CompletableFuture<Response>> answers) {
    return answers.stream()
        .map(answer -> answer.join().statusCode())
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }
}
