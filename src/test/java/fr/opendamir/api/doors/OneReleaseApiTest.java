package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Plans;
import fr.opendamir.api.rest.BusyServer;
import fr.opendamir.api.rest.StoppableServer;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Releases that are published, rolled back or replaced between the moment a question is understood
 * and the moment it is answered. Every month of this database has the same figures, so that the sum
 * of an answer tells how many months it is of, and so from which release.
 */
@QuarkusTest
@QuarkusTestResource(value = BusyServer.class, restrictToAnnotatedClass = true)
class OneReleaseApiTest {
  private static final double CHARGED = 600.5;
  private static final int PLACES = 3;

  /** A month that was not published before, for each publication. */
  private static YearMonth month = YearMonth.of(2024, 1);

  /** Ways to ask, and where the release and the figure are in their answers. */
  private enum Door {
    JSON(
        (to, pin) -> to.get("/v1/aggregates?measures=charged" + pin("&release=", pin)),
        answer -> answer.path("release.id"),
        answer -> number(answer, "data[0].charged")),
    POST(
        (to, pin) ->
            to.contentType("application/json")
                .body(
                    pin == null
                        ? "{\"measures\":\"charged\"}"
                        : "{\"measures\":\"charged\",\"release\":\"" + pin + "\"}")
                .post("/v1/aggregates/query"),
        answer -> answer.header("X-Release"),
        answer -> number(answer, "data[0].charged")),
    CSV(
        (to, pin) ->
            to.get("/v1/aggregates?format=csv&limit=1&measures=charged" + pin("&release=", pin)),
        answer -> answer.header("X-Release"),
        Door::csv),
    STREAM(
        (to, pin) ->
            to.get("/v1/aggregates?format=csv&limit=all&measures=charged" + pin("&release=", pin)),
        answer -> answer.header("X-Release"),
        Door::csv),
    GRAPHQL(
        (to, pin) -> to.queryParam("query", document(pin)).get("/graphql"),
        answer -> answer.path("data.spending.release.id"),
        answer -> number(answer, "data.spending.nodes[0].charged")),
    GRAPHQL_POST(
        (to, pin) ->
            to.contentType("application/json")
                .body(Map.of("query", document(pin)))
                .post("/graphql"),
        answer -> answer.path("data.spending.release.id"),
        answer -> number(answer, "data.spending.nodes[0].charged"));

    private final BiFunction<RequestSpecification, String, Response> ask;
    private final Function<Response, String> release;
    private final Function<Response, Double> charged;

    Door(
        BiFunction<RequestSpecification, String, Response> ask,
        Function<Response, String> release,
        Function<Response, Double> charged) {
      this.ask = ask;
      this.release = release;
      this.charged = charged;
    }

    private static String pin(String name, String release) {
      return release == null ? "" : name + release;
    }

    private static String document(String release) {
      return "{ spending"
          + (release == null ? "" : "(release: \"" + release + "\")")
          + " { release { id } nodes { charged } } }";
    }

    private static double number(Response answer, String path) {
      return ((Number) answer.path(path)).doubleValue();
    }

    private static double csv(Response answer) {
      return Double.parseDouble(answer.asString().lines().toList().get(1).split(",", -1)[0]);
    }

    /** How many months its figure is of; fails where it is no answer. */
    long months(Response answer) {
      assertThat(answer.statusCode()).as(this + ": " + answer.asString()).isEqualTo(200);
      return Math.round(charged.apply(answer) / CHARGED);
    }
  }

  @Inject Admission admission;
  @Inject Plans plans;
  @Inject ReleaseCatalog releases;

  private final List<Cancellable> held = new ArrayList<>();

  /** The service asks for its releases when it starts, and listens meanwhile. */
  @BeforeEach
  void waitForTheReleases() {
    Eventually.isTrue(() -> releases.rememberedServed().isPresent());
  }

  @AfterEach
  void letGo() {
    held.forEach(Cancellable::cancel);
    held.clear();
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  /** Takes all places at the database: questions wait before it, and publications do not. */
  private void takeAllPlaces() {
    for (int i = 0; i < PLACES; i++) {
      held.add(
          admission
              .run(
                  Caller.ofKey("test-" + i, plans.anonymous()),
                  () -> Uni.createFrom().<Void>nothing())
              .subscribe()
              .with(done -> {}, failure -> {}));
    }
  }

  private Map<Door, CompletableFuture<Response>> askAll(Stream<Door> doors, String pin) {
    Map<Door, CompletableFuture<Response>> answers = new EnumMap<>(Door.class);
    int waiting = admission.waiting();
    doors.forEach(
        door -> {
          answers.put(door, CompletableFuture.supplyAsync(() -> door.ask.apply(given(), pin)));
          Eventually.isTrue(() -> admission.waiting() == waiting + answers.size());
        });
    return answers;
  }

  private String publishMonth() throws Exception {
    String before = latest();
    month = month.plusMonths(1);
    StoppableServer.publish(month(), "A" + month() + ".csv");
    Eventually.isTrue(() -> !latest().equals(before));
    return latest();
  }

  private static String month() {
    return month.toString().replace("-", "");
  }

  private String latest() {
    return releases.rememberedServed().orElseThrow().ids().get(0);
  }

  private static long monthsOf(String release) {
    return given().get("/v1/releases/" + release).<List<?>>path("months").size();
  }

  /** At most two questions wait in this database's queue. */
  @ParameterizedTest
  @EnumSource(Door.class)
  void whatIsKeptIsOfTheReleaseThatItNamesWhenOneIsPublishedMeanwhile(Door door) throws Exception {
    String before = publishMonth(); // nothing of it is kept
    long monthsBefore = monthsOf(before);
    takeAllPlaces();
    Map<Door, CompletableFuture<Response>> waiting = askAll(Stream.of(door), null);
    String after = publishMonth();
    held.forEach(Cancellable::cancel);
    Response answer = waiting.get(door).get();
    assertThat(monthsOf(door.release.apply(answer))).isEqualTo(door.months(answer));

    Response now = door.ask.apply(given(), null);
    assertThat(door.release.apply(now)).isEqualTo(after);
    assertThat(door.months(now)).isEqualTo(monthsBefore + 1);
    Response pinned = door.ask.apply(given(), before);
    assertThat(door.months(pinned)).isEqualTo(monthsBefore);

    StoppableServer.rollBack(before);
    Eventually.isTrue(() -> latest().equals(before));
    String tagOfAfter = now.header("ETag");
    Response again = door.ask.apply(given(), null);
    assertThat(door.release.apply(again)).isEqualTo(before);
    assertThat(door.months(again)).isEqualTo(monthsBefore);
    if (tagOfAfter != null && door != Door.POST && door != Door.GRAPHQL_POST) {
      Response revalidated = door.ask.apply(given().header("If-None-Match", tagOfAfter), null);
      assertThat(revalidated.statusCode()).as("what is of another release").isEqualTo(200);
    }
  }

  @Test
  void theFieldsOfAnOperationAreOfOneRelease() throws Exception {
    String before = publishMonth();
    takeAllPlaces();
    String document =
        "{ a: spending { release { id } nodes { charged } }"
            + " b: spending { release { id } nodes { reimbursed } }"
            + " dimensions(names: [MONTH]) { codes { code } }"
            + " releases { id } }";
    CompletableFuture<Response> waiting =
        CompletableFuture.supplyAsync(() -> given().queryParam("query", document).get("/graphql"));
    Eventually.isTrue(() -> admission.waiting() == 2);
    String after = publishMonth();
    held.forEach(Cancellable::cancel);
    Response answer = waiting.get();
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    String named = answer.path("data.a.release.id");
    assertThat(named).isIn(before, after);
    assertThat((String) answer.path("data.b.release.id")).isEqualTo(named);
    assertThat((String) answer.path("data.releases[0].id")).isEqualTo(named);
    assertThat(answer.header("X-Release")).isEqualTo(named);
    long months = monthsOf(named);
    assertThat(answer.<List<?>>path("data.dimensions[0].codes").size()).isEqualTo((int) months);
    assertThat(Math.round(Door.number(answer, "data.a.nodes[0].charged") / CHARGED))
        .isEqualTo(months);
    assertThat(Math.round(Door.number(answer, "data.b.nodes[0].reimbursed") / 420))
        .isEqualTo(months);
  }

  /** A month that is replaced withdraws what a waiting question was bound to. */
  @ParameterizedTest
  @EnumSource(Door.class)
  void aQuestionWhoseReleaseIsWithdrawnIsAnsweredFromTheNext(Door door) throws Exception {
    String before = publishMonth();
    takeAllPlaces();
    Map<Door, CompletableFuture<Response>> waiting = askAll(Stream.of(door), null);
    StoppableServer.replace(month(), "A" + month() + ".csv");
    held.forEach(Cancellable::cancel);
    Response answer = waiting.get(door).get();
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(door.release.apply(answer)).isNotEqualTo(before);
    assertThat(door.months(answer)).isEqualTo(monthsOf(door.release.apply(answer)));
  }

  @Test
  void theListOfReleasesIsNotKeptBeyondIt() throws Exception {
    String document = "{ releases { id } }";
    String first = publishMonth();
    List<String> two = releases(document);
    String second = publishMonth();
    List<String> three = releases(document);
    assertThat(three).contains(first, second).hasSize(two.size() + 1);
    StoppableServer.rollBack(first);
    Eventually.isTrue(() -> latest().equals(first));
    assertThat(new TreeSet<>(releases(document))).isEqualTo(new TreeSet<>(two));
  }

  private static List<String> releases(String document) {
    return given().queryParam("query", document).get("/graphql").path("data.releases.id");
  }
}
