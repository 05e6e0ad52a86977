package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Admission;
import fr.opendamir.api.rest.BusyServer;
import fr.opendamir.api.rest.StoppableServer;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.HeldColumns;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that leave while an answer is computed for several of them. */
@QuarkusTest
@QuarkusTestResource(value = BusyServer.class, restrictToAnnotatedClass = true)
class SharedWorkApiTest {
  /** So that no question of a test was asked before. */
  /** Of an answer: a row or two. */
  private static final int UNITS = 3;

  /** Of the work without its answer. */
  private static final int LEAST_UNITS = 2;

  private static final String FIRST_RELEASE = "%s.1";

  private static final AtomicInteger QUESTIONS = new AtomicInteger(2000);

  /** Ways to ask for answers that are shared. */
  private enum Door {
    GET,
    HEAD,
    POST,
    DIFFERENCE,
    GRAPHQL_GET,
    GRAPHQL_POST;

    HttpRequest request(URI base, String release, int limit) {
      String rest = "group_by=region,sex&measures=charged&limit=" + limit;
      String graphql =
          "{ spending(first: %d) { nodes { region { code } sex { code } charged } } }"
              .formatted(limit);
      HttpRequest.Builder to =
          switch (this) {
            case GET -> HttpRequest.newBuilder(base.resolve("/v1/aggregates?" + rest));
            case HEAD ->
                HttpRequest.newBuilder(base.resolve("/v1/aggregates?" + rest))
                    .method("HEAD", BodyPublishers.noBody());
            case POST ->
                HttpRequest.newBuilder(base.resolve("/v1/aggregates/query"))
                    .POST(
                        BodyPublishers.ofString(
                            "{\"group_by\":[\"region\",\"sex\"],\"measures\":\"charged\",\"limit\":%d}"
                                .formatted(limit)));
            case DIFFERENCE ->
                HttpRequest.newBuilder(
                    base.resolve(
                        "/v1/releases/"
                            + FIRST_RELEASE.formatted(release.substring(0, 10))
                            + "/diff/"
                            + release
                            + "?"
                            + rest));
            case GRAPHQL_GET ->
                HttpRequest.newBuilder(
                    base.resolve(
                        "/graphql?query=" + URLEncoder.encode(graphql, StandardCharsets.UTF_8)));
            case GRAPHQL_POST ->
                HttpRequest.newBuilder(base.resolve("/graphql"))
                    .POST(BodyPublishers.ofString("{\"query\":\"" + graphql + "\"}"));
          };
      return to.header("Content-Type", "application/json").build();
    }
  }

  @TestHTTPResource URI base;
  @Inject Admission admission;
  @Inject MeterRegistry metrics;

  /** A client each: cancelling a request of this client closes its connection. */
  private final List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();

  @BeforeEach
  void publishASecondRelease() throws IOException {
    if (given().get("/v1/releases").jsonPath().getList("data").size() < 2) {
      StoppableServer.publish("202402", "A202402.csv");
      Eventually.isTrue(() -> given().get("/v1/releases").jsonPath().getList("data").size() == 2);
    }
  }

  @AfterEach
  void nobodyIsLeft() {
    asked.forEach(request -> request.cancel(true));
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void whoStaysHasTheAnswerWhoeverLeaves(Door door) throws Exception {
    String release = given().get("/v1/releases/latest").path("id");
    for (int leaver = 0; leaver < 3; leaver++) {
      int limit = QUESTIONS.incrementAndGet();
      int before = unitsLeft();
      List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
      try (HeldColumns.Hold hold = HeldColumns.hold()) {
        for (int i = 0; i < 3; i++) {
          int left = unitsLeft();
          requests.add(ask(door.request(base, release, limit)));
          Eventually.isTrue(
              () ->
                  inFlight() == requests.size()
                      && isPaidInAdvance(door, left)
                      && admission.inWork() == 1);
        }
        requests.get(leaver).cancel(true);
        Eventually.isTrue(() -> inFlight() == 2);
        assertThat(admission.inWork()).as("work goes on").isOne();
        hold.release();
      }
      for (int i = 0; i < 3; i++) {
        if (i != leaver) {
          HttpResponse<String> answer = requests.get(i).get(20, TimeUnit.SECONDS);
          assertThat(answer.statusCode()).as(door + " " + answer.body()).isEqualTo(200);
        }
      }
      int worked = leaver == 0 ? LEAST_UNITS : 0; // who started it pays for what was done
      assertPaid(before, 2 * UNITS + worked);
    }
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void workThatNobodyWaitsForStopsAlsoInTheDatabase(Door door) throws Exception {
    String release = given().get("/v1/releases/latest").path("id");
    int limit = QUESTIONS.incrementAndGet();
    int before = unitsLeft();
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      CompletableFuture<HttpResponse<String>> first = ask(door.request(base, release, limit));
      Eventually.isTrue(() -> admission.inWork() == 1 && HeldColumns.waiting() == 1);
      int leftByFirst = unitsLeft();
      CompletableFuture<HttpResponse<String>> second = ask(door.request(base, release, limit));
      Eventually.isTrue(() -> inFlight() == 2 && isPaidInAdvance(door, leftByFirst));
      first.cancel(true);
      second.cancel(true);
      Eventually.isTrue(() -> admission.inWork() == 0 && HeldColumns.waiting() == 0);
      hold.release();
    }
    Eventually.isTrue(() -> inFlight() == 0);
    assertPaid(before, LEAST_UNITS); // of the first; the other started nothing
    HttpResponse<String> answer = ask(door.request(base, release, limit)).get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** As if it ran out of time; the other question waits for the same work. */
  @ParameterizedTest
  @EnumSource(Door.class)
  void workThatTheDatabaseGivesUpIsPaidForOnce(Door door) throws Exception {
    String release = given().get("/v1/releases/latest").path("id");
    int limit = QUESTIONS.incrementAndGet();
    int before = unitsLeft();
    List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      for (int i = 0; i < 2; i++) {
        int left = unitsLeft();
        requests.add(ask(door.request(base, release, limit)));
        Eventually.isTrue(
            () ->
                inFlight() == requests.size()
                    && isPaidInAdvance(door, left)
                    && HeldColumns.waiting() == 1);
      }
      HeldColumns.giveUp();
      for (CompletableFuture<HttpResponse<String>> request : requests) {
        assertThat(request.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
      }
      hold.release();
    }
    assertPaid(before, LEAST_UNITS);
  }

  /** Two of one caller are in work, and the third waits. */
  @ParameterizedTest
  @EnumSource(Door.class)
  void whoLeavesBeforeItsTurnPaysNothing(Door door) throws Exception {
    String release = given().get("/v1/releases/latest").path("id");
    int before;
    try (HeldColumns.Hold hold = HeldColumns.hold()) {
      List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        requests.add(ask(door.request(base, release, QUESTIONS.incrementAndGet())));
      }
      Eventually.isTrue(() -> admission.inWork() == 2);
      before = unitsLeft();
      CompletableFuture<HttpResponse<String>> late =
          ask(door.request(base, release, QUESTIONS.incrementAndGet()));
      Eventually.isTrue(() -> admission.waiting() == 1);
      late.cancel(true);
      Eventually.isTrue(() -> admission.waiting() == 0 && inFlight() == 2);
      assertPaid(before, 0);
      hold.release();
      for (CompletableFuture<HttpResponse<String>> request : requests) {
        assertThat(request.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
    }
  }

  /**
   * A request that has paid waits for work in the same turn; GraphQL pays for shared work later.
   */
  private static boolean isPaidInAdvance(Door door, int leftBefore) {
    return door.name().startsWith("GRAPHQL") || unitsLeft() < leftBefore;
  }

  /** Daily units come back one by one, so that one of them may have while a test counts. */
  private static void assertPaid(int before, int units) {
    Eventually.isTrue(() -> before - unitsLeft() <= units);
    assertThat(before - unitsLeft()).as("units paid").isIn(units, units - 1);
  }

  private CompletableFuture<HttpResponse<String>> ask(HttpRequest request) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    asked.add(answer);
    return answer;
  }

  private double inFlight() {
    return metrics.find("opendamir.requests.in.flight").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  private static int unitsLeft() {
    return given().get("/v1/limits").path("allowances.find { it.name == 'daily' }.remaining");
  }
}
