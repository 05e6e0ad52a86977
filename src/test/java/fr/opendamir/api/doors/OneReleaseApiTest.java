package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Plans;
import fr.opendamir.api.rest.StoppableServer;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Releases that are published, rolled back or replaced between the moment a question is understood
 * and the moment it is answered. Every month of this database has the same figures, so that the sum
 * of an answer tells how many months it is of, and so from which release.
 */
@QuarkusTest
@QuarkusTestResource(value = PublishingServer.class, restrictToAnnotatedClass = true)
class OneReleaseApiTest {
  /** As many as any question makes, and one more. */
  private static final int MOST_LOOKUPS = 4;

  /** The last month that was published. */
  private static YearMonth month = YearMonth.of(2024, 1);

  /** The next question's first month, so that it was not asked before. */
  private static YearMonth unasked = YearMonth.of(1900, 1);

  @Inject Admission admission;
  @Inject Plans plans;
  @Inject ReleaseCatalog releases;

  private final List<Cancellable> held = new ArrayList<>();
  private final Map<Door, Door.Asked> questions = new EnumMap<>(Door.class);
  private final Map<String, Answered> answered = new HashMap<>();
  private final Map<String, Integer> months = new HashMap<>();

  /** What everybody is answered to one question from one release. */
  private record Answered(String tag, String body) {}

  /** The service asks for its releases when it starts, and listens meanwhile. */
  @BeforeEach
  void waitForTheReleases() {
    Eventually.isTrue(() -> releases.rememberedServed().isPresent());
  }

  @AfterEach
  void letGo() {
    StaleReleases.show(List.of(), 0);
    letQuestionsPass();
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  /**
   * The publication is seen from the second lookup of a question on, from the third, and so on:
   * also by a lookup between the tag of an answer and its figures.
   */
  @Test
  void anAnswerIsOfOneReleaseWhereverThePublicationFalls() throws Exception {
    String before = publishMonth();
    List<Release> servedBefore = releases.list().await().indefinitely();
    String after = publishMonth();
    Map<Door, List<Door.Asked>> asked = new EnumMap<>(Door.class);
    for (Door door : Door.values()) {
      for (int lookups = 0; lookups <= MOST_LOOKUPS; lookups++) {
        Door.Asked question = question(lookups == 0 ? after : before);
        StaleReleases.show(servedBefore, lookups);
        Response answer = door.ask(question);
        StaleReleases.show(List.of(), 0);
        assertThat(checked(door, question, answer)).isIn(before, after);

        question = question.after(after);
        assertThat(checked(door, question, door.ask(question))).isEqualTo(after);
        assertIsOf(before, door, question);
        asked.computeIfAbsent(door, unused -> new ArrayList<>()).add(question);
      }
    }

    rollBack(before);
    asked.forEach(
        (door, all) -> all.forEach(question -> assertIsAnsweredAs(before, after, door, question)));
  }

  @Test
  void whatIsKeptIsOfTheReleaseThatItNamesWhenOneIsPublishedMeanwhile() throws Exception {
    String before = publishMonth();
    Map<Door, CompletableFuture<Response>> waiting = askAll(before);
    String after = publishMonth();
    letQuestionsPass();
    waiting.forEach(
        (door, answer) -> {
          Door.Asked question = questions.get(door);
          assertThat(checked(door, question, get(answer))).isIn(before, after);
          question = question.after(after);
          assertThat(checked(door, question, door.ask(question))).isEqualTo(after);
          assertIsOf(before, door, question);
        });

    rollBack(before);
    questions.forEach((door, question) -> assertIsAnsweredAs(before, after, door, question));
  }

  /** A month that is replaced withdraws what a waiting question was bound to. */
  @Test
  void aQuestionWhoseReleaseIsWithdrawnIsAnsweredFromTheNext() throws Exception {
    String before = publishMonth();
    Map<Door, CompletableFuture<Response>> waiting = askAll(before);
    StoppableServer.replace(month(), "A" + month() + ".csv");
    // Until the segments of the next release are here, this one is served.
    Eventually.isTrue(() -> !releases.rememberedIds().orElseThrow().contains(before));
    letQuestionsPass();
    waiting.forEach(
        (door, future) -> {
          Response answer = get(future);
          if (door == Door.DIFFERENCE) { // it names the release that is no longer served
            assertThat(answer.statusCode()).isEqualTo(404);
          } else {
            Door.Asked question = questions.get(door);
            assertThat(checked(door, question, answer)).isNotEqualTo(before);
          }
        });
  }

  /** Its files are read all the time, also by requests that found them before. */
  @Test
  void aFileOfAWithdrawnReleaseIsWholeOrRefused() throws Exception {
    String before = publishMonth();
    List<Release> servedBefore = releases.list().await().indefinitely();
    Map<String, String> hashes = new TreeMap<>();
    for (Map<String, String> file :
        given()
            .get("/v1/releases/" + before + "/files")
            .<List<Map<String, String>>>path("resources")) {
      hashes.put(file.get("href"), file.get("hash"));
    }
    AtomicBoolean isWithdrawn = new AtomicBoolean();
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(() -> readAgainAndAgain(hashes, isWithdrawn));
    StoppableServer.replace(month(), "A" + month() + ".csv");
    Eventually.isTrue(() -> !releases.rememberedIds().orElseThrow().contains(before));
    isWithdrawn.set(true);
    assertThat(reading.orTimeout(20, TimeUnit.SECONDS).join()).as("whole files").isPositive();

    for (int lookups = 0; lookups <= MOST_LOOKUPS; lookups++) {
      int stale = lookups;
      hashes.forEach(
          (address, hash) -> {
            StaleReleases.show(servedBefore, stale);
            Response answer = given().get(address);
            StaleReleases.show(List.of(), 0);
            assertThat(isWhole(answer, hash) && stale == 0).as(address).isFalse();
          });
    }
  }

  private static int readAgainAndAgain(Map<String, String> hashes, AtomicBoolean isOver) {
    int whole = 0;
    while (!isOver.get()) {
      for (Map.Entry<String, String> file : hashes.entrySet()) {
        whole += isWhole(given().get(file.getKey()), file.getValue()) ? 1 : 0;
      }
    }
    return whole;
  }

  /** Whether an answer is a file; if not, it must say why. */
  private static boolean isWhole(Response answer, String hash) {
    if (answer.statusCode() == 200) {
      assertThat("sha256:" + sha256(answer.asByteArray())).isEqualTo(hash);
      return true;
    }
    assertThat(answer.statusCode()).as(answer.asString()).isIn(404, 429, 503);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    return false;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allThatAnOperationAsksForIsOfOneRelease() throws Exception {
    String before = publishMonth();
    takeAllPlaces();
    String document =
        "{ spending { release { id } nodes { charged } }"
            + " dimensions(names: [MONTH]) { codes { code } }"
            + " releases { id } }";
    CompletableFuture<Response> waiting =
        CompletableFuture.supplyAsync(() -> given().queryParam("query", document).get("/graphql"));
    Eventually.isTrue(() -> admission.waiting() == 1);
    String after = publishMonth();
    letQuestionsPass();
    Response answer = get(waiting);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    String named = answer.path("data.spending.release.id");
    assertThat(named).isIn(before, after);
    assertThat((String) answer.path("data.releases[0].id")).isEqualTo(named);
    assertThat(answer.header("X-Release")).isEqualTo(named);
    assertThat(Door.GRAPHQL.months(answer)).containsExactly(monthsOf(named));
    assertThat(answer.<List<?>>path("data.dimensions[0].codes").size())
        .isEqualTo((int) monthsOf(named));
  }

  @Test
  void theListOfReleasesIsNotKeptBeyondIt() throws Exception {
    String document = "{ releases { id } }";
    String first = publishMonth();
    List<String> two = releases(document);
    String second = publishMonth();
    List<String> three = releases(document);
    assertThat(three).contains(first, second).hasSize(two.size() + 1);
    rollBack(first);
    assertThat(new TreeSet<>(releases(document))).isEqualTo(new TreeSet<>(two));
  }

  @Test
  void theFeedTellsOfAWithdrawnRelease() throws Exception {
    String first = publishMonth();
    String second = publishMonth();
    assertThat(feed()).contains("Release " + second + "<").doesNotContain(second + " withdrawn");
    rollBack(first);
    assertThat(feed()).contains("Release " + second + " withdrawn", "Release " + first + "<");
  }

  private static String feed() {
    return given().queryParam("lang", "en").get("/v1/releases.atom").asString();
  }

  /** The release of an answer, all of which is of that release. */
  private String checked(Door door, Door.Asked question, Response answer) {
    String release = door.release(answer, question);
    long months = monthsOf(release) - (door == Door.DIFFERENCE ? monthsOf(question.base()) : 0);
    assertThat(Set.copyOf(door.months(answer))).as(door + " of " + release).containsOnly(months);
    if (door != Door.DRY_RUN) { // which says whether there is an answer
      Answered now = new Answered(answer.header("ETag"), door.body(answer));
      Answered first = answered.putIfAbsent(door + question.from() + question.pin() + release, now);
      assertThat(now).as(door + " from " + release).isEqualTo(first == null ? now : first);
    }
    return release;
  }

  private void assertIsOf(String release, Door door, Door.Asked question) {
    Door.Asked pinned = question.pinned(release);
    assertThat(checked(door, pinned, door.ask(pinned))).isEqualTo(release);
  }

  /** After a rollback: neither the cache nor a tag gives what is of the later release. */
  private void assertIsAnsweredAs(String before, String after, Door door, Door.Asked asked) {
    Door.Asked question = asked.after(before);
    assertThat(checked(door, question, door.ask(question))).isEqualTo(before);
    if (door.hasTag()) {
      Answered earlier = answered.get(door + question.from() + question.pin() + before);
      Answered later = answered.get(door + question.from() + question.pin() + after);
      assertThat(door.ask(question, given().header("If-None-Match", later.tag())).statusCode())
          .as(door + " with the tag of another release")
          .isEqualTo(200);
      assertThat(door.ask(question, given().header("If-None-Match", earlier.tag())).statusCode())
          .as(door + " with its own tag")
          .isEqualTo(304);
    }
  }

  private Door.Asked question(String newest) {
    unasked = unasked.plusMonths(1);
    List<String> served = releases.rememberedIds().orElseThrow();
    return new Door.Asked(
        unasked.toString(), served.get(served.size() - 1), newest, Optional.empty());
  }

  /** A new question at each door that needs the database, all waiting for it. */
  private Map<Door, CompletableFuture<Response>> askAll(String newest) {
    takeAllPlaces();
    Map<Door, CompletableFuture<Response>> answers = new EnumMap<>(Door.class);
    int waiting = 0;
    for (Door door : Door.values()) {
      if (door.hasFigures()) {
        Door.Asked question = question(newest);
        questions.put(door, question);
        answers.put(door, CompletableFuture.supplyAsync(() -> door.ask(question)));
        waiting += door.hasTwoFields() ? 2 : 1;
        int expected = waiting;
        Eventually.isTrue(() -> admission.waiting() == expected);
      }
    }
    return answers;
  }

  /** Takes all places at the database: questions wait before it, and publications do not. */
  private void takeAllPlaces() {
    for (int i = 0; i < PublishingServer.PLACES; i++) {
      held.add(
          admission
              .run(
                  Caller.ofKey("test-" + i, plans.anonymous()),
                  () -> Uni.createFrom().<Void>nothing())
              .subscribe()
              .with(done -> {}, failure -> {}));
    }
  }

  private void letQuestionsPass() {
    held.forEach(Cancellable::cancel);
    held.clear();
  }

  private static Response get(CompletableFuture<Response> answer) {
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private String publishMonth() throws Exception {
    String before = latest();
    month = month.plusMonths(1);
    StoppableServer.publish(month(), "A" + month() + ".csv");
    Eventually.isTrue(() -> !latest().equals(before));
    return latest();
  }

  private void rollBack(String release) {
    StoppableServer.rollBack(release);
    Eventually.isTrue(() -> latest().equals(release));
  }

  private static String month() {
    return month.toString().replace("-", "");
  }

  private String latest() {
    return releases.rememberedServed().orElseThrow().ids().get(0);
  }

  private long monthsOf(String release) {
    return months.computeIfAbsent(
        release, id -> given().get("/v1/releases/" + id).<List<?>>path("months").size());
  }

  private static List<String> releases(String document) {
    return given().queryParam("query", document).get("/graphql").path("data.releases.id");
  }
}
