package fr.opendamir.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.RawConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What operators see of questions, answers and releases. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class MetricsApiTest {
  private static final String IN_FLIGHT = "opendamir_requests_in_flight{door=";

  @TestHTTPResource("/")
  URI service;

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  @Test
  void answersAreCountedByWhereTheyCameFrom() throws InterruptedException {
    Map<String, Double> before = metrics();
    String question = "/v1/aggregates?group_by=region,insurance&measures=excess_fees&lang=en";

    Response first = given().get(question);
    first.then().statusCode(200);
    given().get(question).then().statusCode(200);
    given().header("If-None-Match", first.header("ETag")).get(question).then().statusCode(304);
    given().get("/v1/measures").then().statusCode(200);
    given().get("/v1/aggregates?group_by=nothing").then().statusCode(400);
    given()
        .contentType("application/json")
        .body("{\"query\":\"{ spending { nodes { insurance { code } charged } } }\"}")
        .post("/graphql")
        .then()
        .statusCode(200)
        .body("errors", nullValue());

    Map<String, Double> after = settled();
    for (String source : new String[] {"worked_out", "kept", "not_modified", "other", "none"}) {
      String count =
          "opendamir_request_duration_seconds_count{door=\"rest\",source=\"" + source + "\"}";
      assertThat(added(before, after, count)).as(source).isEqualTo(1);
    }
    assertThat(
            added(
                before,
                after,
                "opendamir_request_duration_seconds_count{door=\"graphql\",source=\"worked_out\"}"))
        .isEqualTo(1);
    assertThat(added(before, after, "opendamir_answer_price_units_count{door=\"rest\"}"))
        .isEqualTo(2);
    assertThat(added(before, after, "opendamir_question_waiting_seconds_count{door=\"rest\"}"))
        .isEqualTo(1);
    assertThat(
            added(
                before,
                after,
                "opendamir_question_database_seconds_count{answered=\"true\",door=\"rest\"}"))
        .isEqualTo(1);
    assertThat(
            after.keySet().stream()
                .filter(name -> name.startsWith("opendamir_questions_total{door=\"rest\""))
                .mapToDouble(name -> added(before, after, name))
                .sum())
        .isEqualTo(1);
    assertThat(added(before, after, "opendamir_scanned_rows_total{door=\"rest\"}")).isPositive();
    awaitNoneInFlight();
  }

  /** Bodies that are too long, or break off, are read by others than who answers. */
  @Test
  void requestsThatBreakOffAreNotInFlightForEver() throws Exception {
    String json = " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
    List<String> requests = new ArrayList<>();
    for (String door : List.of("/v1/aggregates/query", "/graphql")) {
      requests.add("POST " + door + json + "Content-Length: 1000\r\n\r\n{");
      requests.add("POST " + door + json + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6));
    }
    var unused = RawConnection.atOnce(requests, one -> RawConnection.exchange(service, one));
    awaitNoneInFlight();
  }

  /** A request is over a moment after its reader has the answer. */
  private void awaitNoneInFlight() {
    Eventually.isTrue(
        () ->
            metrics().get(IN_FLIGHT + "\"rest\"}") == 0
                && metrics().get(IN_FLIGHT + "\"graphql\"}") == 0);
  }

  @Test
  void stateIsTold() {
    given().get("/v1/aggregates").then().statusCode(200);
    Map<String, Double> metrics = metrics();
    assertThat(metrics.get("opendamir_cache_answers")).isPositive();
    assertThat(metrics.get("opendamir_cache_bytes"))
        .isBetween(1.0, metrics.get("opendamir_cache_max_bytes"));
    assertThat(metrics.get("opendamir_cache_max_bytes")).isEqualTo(64 * 1024 * 1024);
    assertThat(metrics.get("opendamir_cache_evictions_total")).isNotNull();
    assertThat(metrics.get("opendamir_connections_open")).isPositive();
    assertThat(metrics.get("opendamir_pool_connections_max")).isEqualTo(22); // 4 + 16 + 2
    assertThat(metrics.get("opendamir_pool_connections_in_use")).isBetween(0.0, 22.0);
    assertThat(metrics.get("opendamir_pool_waiting")).isZero();
    assertThat(metrics.get("opendamir_release_months")).isEqualTo(2);
    assertThat(metrics.get("opendamir_releases_served")).isEqualTo(1);
    assertThat(metrics.get("opendamir_release_lines")).isEqualTo(7);
    assertThat(metrics.get("opendamir_release_synthetic")).isZero();
    assertThat(metrics.get("opendamir_release_newest_month_timestamp_seconds"))
        .isEqualTo(1_706_745_600); // 2024-02-01
    assertThat(metrics.get("opendamir_release_published_timestamp_seconds"))
        .isBetween(1_700_000_000.0, System.currentTimeMillis() / 1_000.0);
    assertThat(metrics.get("opendamir_startup_seconds")).isPositive();
    assertThat(metrics.keySet())
        .anyMatch(name -> name.matches("opendamir_build_info\\{.*version=\"[^\"]+\".*}"))
        .anyMatch(name -> name.startsWith("jvm_memory_used_bytes"));
  }

  @Test
  void rollupsBeyondABoundAreCountedTogether() {
    QuestionMetrics questions = new QuestionMetrics(new SimpleMeterRegistry());
    for (int i = 0; i < 64; i++) {
      assertThat(questions.bounded("rollup" + i)).isEqualTo("rollup" + i);
    }
    assertThat(questions.bounded("one more")).isEqualTo(QuestionMetrics.OTHER);
    assertThat(questions.bounded("rollup0")).isEqualTo("rollup0");
    assertThat(questions.bounded("")).isEqualTo(QuestionMetrics.OTHER);
  }

  private static double added(Map<String, Double> before, Map<String, Double> after, String name) {
    return after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
  }

  /** Requests are counted when they are over, which may be after their readers have the answer. */
  private Map<String, Double> settled() {
    Map<String, Double> metrics = metrics();
    for (int i = 0; i < 50 && metrics.get(IN_FLIGHT + "\"graphql\"}") > 0; i++) {
      metrics = metrics();
    }
    return metrics;
  }

  private Map<String, Double> metrics() {
    Map<String, Double> found = new HashMap<>();
    given()
        .port(managementPort)
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              found.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return found;
  }
}
