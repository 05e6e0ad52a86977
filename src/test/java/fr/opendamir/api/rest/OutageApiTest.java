package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.access.KeyCheck;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.access.Keys;
import fr.opendamir.access.KeysUnavailableException;
import fr.opendamir.access.UsageCount;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.access.UsageStore;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.HeldColumns;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Columns that are slow or away, a database that is stopped and started again, and releases that
 * appear meanwhile.
 */
@QuarkusTest
@QuarkusTestResource(value = StoppableServer.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageApiTest {
  private static final String KNOWN = "/v1/aggregates?measures=charged&group_by=month";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Inject KeyRegistry registry;
  @Inject Keys keys;
  @Inject UsageRecorder recorder;
  @Inject UsageStore usage;
  @Inject Vertx vertx;
  @Inject MeterRegistry metrics;

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  @Test
  @Order(1)
  void aNewReleaseIsServedAtOnceUnderOtherTags() throws Exception {
    Response before = given().get(KNOWN);
    assertThat(before.path("data.month").toString()).isEqualTo("[2024-01]");
    StoppableServer.publish("202402", "A202402.csv");
    // A second is what is promised, the rest is for a busy machine; without notice it is half a
    // minute.
    Eventually.isTrue(
        Duration.ofSeconds(15),
        () -> given().get(KNOWN).path("data.month").toString().equals("[2024-01, 2024-02]"));
    given()
        .header("If-None-Match", before.header("ETag"))
        .get(KNOWN)
        .then()
        .statusCode(200)
        .header("ETag", org.hamcrest.Matchers.not(equalTo(before.header("ETag"))));
  }

  @Test
  @Order(2)
  void aStatementThatIsGivenUpIsUnavailableLoggedAndTraced() throws Exception {
    awaitQuietLog(); // requests that fail for want of figures are logged once a second
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      CompletableFuture<Response> question =
          CompletableFuture.supplyAsync(() -> given().get("/v1/aggregates?group_by=sex"));
      Eventually.isTrue(() -> HeldColumns.waiting() > 0);
      HeldColumns.giveUp();
      unavailable(question.get(), "Le moteur de calcul des chiffres ne répond pas à temps.");
      logged(question.get().header("X-Request-Id"));
      traced(question.get().header("X-Request-Id"));
      hold.release();
    }
    given().get("/v1/aggregates?group_by=sex").then().statusCode(200);
  }

  @Test
  @Order(3)
  void equalQuestionsInFlightAreAskedOnce() throws Exception {
    List<CompletableFuture<Response>> answers = new ArrayList<>();
    String question = "/v1/aggregates?group_by=age_band&lang=en";
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      for (int i = 0; i < 8; i++) {
        answers.add(CompletableFuture.supplyAsync(() -> given().get(question)));
      }
      Eventually.isTrue(() -> inFlight() == 8 && HeldColumns.waiting() > 0);
      assertThat(HeldColumns.waiting()).isEqualTo(1);
      hold.release();
    }
    for (CompletableFuture<Response> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().asString()).isEqualTo(answers.get(0).get().asString());
    }
  }

  @Test
  @Order(4)
  void whileTheDatabaseIsAwayEveryQuestionIsAnswered() throws Exception {
    Response known = given().get(KNOWN);
    assertThat(known.statusCode()).isEqualTo(200);
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      CompletableFuture<Response> question =
          CompletableFuture.supplyAsync(() -> given().get("/v1/aggregates?group_by=region"));
      Eventually.isTrue(() -> HeldColumns.waiting() > 0);
      StoppableServer.stopServer();
      hold.release();
      assertThat(question.get().statusCode()).isEqualTo(200);
    }
    given().get("/v1/aggregates?group_by=region&lang=en").then().statusCode(200);
    given().get("/v1/aggregates?group_by=region&limit=all&format=csv").then().statusCode(200);
    try (HeldColumns.Hold away = HeldColumns.away()) {
      unavailable(
          given().get("/v1/aggregates?group_by=insurance&lang=en"),
          "The engine that computes figures does not answer in time.");
      away.release();
    }
    Response meanwhile = given().get(KNOWN);
    assertThat(meanwhile.statusCode()).isEqualTo(200);
    assertThat(meanwhile.asString()).isEqualTo(known.asString());
    given()
        .header("If-None-Match", known.header("ETag"))
        .get(KNOWN)
        .then()
        .statusCode(304)
        .header("ETag", equalTo(known.header("ETag")));
    given().get(KNOWN + "&dry_run=true").then().statusCode(200).body("cached", equalTo(true));

    probe("ready", 200).body("checks.find { it.name == 'release' }.data.months", equalTo(2));
    probe("started", 200);
    probe("live", 200);

    StoppableServer.startServer();
    Eventually.isTrue(() -> given().get("/v1/aggregates?group_by=region").statusCode() == 200);
    StoppableServer.publish("202403", "A202403.csv");
    Eventually.isTrue(
        Duration.ofSeconds(15),
        () -> given().get(KNOWN).path("data.month").toString().contains("2024-03"));
  }

  @Test
  @Order(5)
  void knownKeysWorkWhileTheDatabaseIsAwayAndUsageIsWrittenAfterwards() throws Exception {
    String known = issue();
    String strange = issue();
    assertThat(check(known)).isInstanceOf(KeyCheck.Valid.class);
    StoppableServer.stopServer();
    keys.mayHaveChanged(); // notifications are missed, and what is remembered is in doubt
    for (int i = 0; i < 3; i++) {
      assertThat(check(known)).isInstanceOf(KeyCheck.Valid.class);
      assertThatThrownBy(() -> check(strange)).isInstanceOf(KeysUnavailableException.class);
      given().header("X-API-Key", known).get("/v1/measures").then().statusCode(200);
      unavailable(
          given().header("X-API-Key", strange).get("/v1/measures"),
          "La base de données ne répond pas.");
      unavailable(
          given().header("X-API-Key", strange).get("/v1/measures?lang=en"),
          "The database does not answer.");
    }
    recorder.answered(Optional.empty(), UsageRecorder.ANONYMOUS, "outage", 3);
    assertThatThrownBy(() -> recorder.flush().await().atMost(LIMIT))
        .isInstanceOf(RuntimeException.class);

    StoppableServer.startServer();
    Eventually.isTrue(LIMIT, () -> check(known, strange));
    recorder.flush().await().atMost(LIMIT);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(usage.list(today, today).await().atMost(LIMIT))
        .filteredOn(count -> count.door().equals("outage"))
        .singleElement()
        .extracting(UsageCount::units)
        .isEqualTo(3L);
  }

  @Test
  @Order(6)
  void aServiceWithoutAReleaseIsNotReadyAndSaysWhy() throws Exception {
    StoppableServer.setStatus("withdrawn");
    Eventually.isTrue(
        LIMIT, () -> given().port(managementPort).get("/q/health/ready").statusCode() == 503);
    probe("ready", 503)
        .body(
            "checks.find { it.name == 'release' }.data.reason", startsWith("nothing is published"))
        .body("checks.find { it.name == 'limits' }.status", equalTo("UP"));
    probe("live", 200);
    probe("started", 200);
    StoppableServer.setStatus("served");
    Eventually.isTrue(
        LIMIT, () -> given().port(managementPort).get("/q/health/ready").statusCode() == 200);
  }

  @Test
  @Order(7)
  @SuppressWarnings("deprecation") // what replaces the groups of Vert.x is not for its users
  void aBlockedEventLoopIsNotAliveUntilItAnswersAgain() throws Exception {
    probe("live", 200).body("checks[0].data.count", greaterThan(0));
    CountDownLatch blocked = new CountDownLatch(1);
    try {
      vertx
          .nettyEventLoopGroup()
          .next()
          .execute(
              () -> {
                try {
                  var unused = blocked.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      Eventually.isTrue(LIMIT, () -> !isAlive());
    } finally {
      blocked.countDown();
    }
    Eventually.isTrue(LIMIT, this::isAlive);
  }

  /** A connection that the blocked loop has to serve is not answered at all. */
  private boolean isAlive() {
    try {
      HttpURLConnection probe =
          (HttpURLConnection)
              URI.create("http://localhost:" + managementPort + "/q/health/live")
                  .toURL()
                  .openConnection();
      probe.setRequestProperty("Connection", "close");
      probe.setReadTimeout(2_000);
      return probe.getResponseCode() == 200;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ValidatableResponse probe(String name, int status) {
    return given().port(managementPort).get("/q/health/" + name).then().statusCode(status);
  }

  /** The lines of a request are found by the id that its reader was told. */
  private double inFlight() {
    return metrics.find("opendamir.requests.in.flight").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  private static void awaitQuietLog() {
    Eventually.isTrue(
        () ->
            Files.getLastModifiedTime(StoppableServer.log())
                .toInstant()
                .isBefore(Instant.now().minusSeconds(1)));
  }

  private static void logged(String requestId) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(StoppableServer.log())) {
      JsonNode read = json.readTree(line);
      if (read.path("mdc").path("requestId").asText().equals(requestId)) {
        lines.add(read);
      }
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines.get(0).get("level").asText()).isEqualTo("ERROR");
    assertThat(lines.get(0).get("message").asText()).contains(requestId);
    assertThat(lines.toString()).doesNotContain("group_by", "127.0.0.1");
  }

  /** Its trace arrives where it should, and tells neither who asked nor what. */
  private static void traced(String requestId) throws Exception {
    Eventually.isTrue(LIMIT, () -> StoppableServer.traces().contains(requestId));
    assertThat(StoppableServer.traces())
        .contains("understand", "wait", "database", "opendamir.rollups", "server_error")
        .doesNotContain("127.0.0.1", "group_by", "SELECT");
  }

  private String issue() {
    return registry
        .create("Ada", "partner", Optional.empty())
        .await()
        .atMost(LIMIT)
        .text()
        .reveal();
  }

  private KeyCheck check(String key) {
    return keys.check(key).await().atMost(LIMIT);
  }

  private boolean check(String known, String strange) {
    try {
      return check(known) instanceof KeyCheck.Valid && check(strange) instanceof KeyCheck.Valid;
    } catch (KeysUnavailableException e) {
      return false; // not yet
    }
  }

  private static void unavailable(Response response, String reason) {
    response
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("type", equalTo("/v1/problems/unavailable"))
        .body("detail", startsWith(reason));
    assertThat(response.asString()).doesNotContainIgnoringCase("select", "exception", "postgres");
  }
}
