package fr.opendamir.faults;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Admission;
import fr.opendamir.testing.Eventually;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** No connection to the database can be had: all are in use, or the server gives out no more. */
@QuarkusTest
@QuarkusTestResource(value = TroubledDatabase.class, restrictToAnnotatedClass = true)
class NoConnectionApiTest {
  private static final String KNOWN = "/v1/aggregates?measures=charged&group_by=month";
  private static final String QUESTION = "/v1/aggregates?group_by=sex&limit=";

  /** That of the figures; see application.properties. */
  private static final int CONNECTIONS = 16;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Inject
  @ReactiveDataSource("figures")
  Pool pool;

  @Inject Admission admission;

  @Test
  void whileAllAreHeldQuestionsAreAnsweredFromColumns() throws Exception {
    Response known = given().get(KNOWN);
    List<SqlConnection> held = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      held.add(pool.getConnection().await().atMost(LIMIT));
    }
    long start = System.nanoTime();
    List<CompletableFuture<Response>> questions = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      String question = QUESTION + i;
      questions.add(CompletableFuture.supplyAsync(() -> given().get(question)));
    }
    assertKnown(known);
    for (CompletableFuture<Response> question : questions) {
      assertAnswered(question.get());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertKnown(known);
    for (SqlConnection connection : held) {
      connection.close().await().atMost(LIMIT);
    }
    for (int i = 1; i <= 2 * CONNECTIONS; i++) {
      assertThat(given().get(QUESTION + i).statusCode()).isEqualTo(200);
    }
    // The place is given back as the answer is written.
    Eventually.isTrue(() -> admission.inWork() == 0 && admission.waiting() == 0);
  }

  @Test
  void questionsOfAServerThatGivesOutNoMoreAreAnsweredFromColumns() throws Exception {
    Response known = given().get(KNOWN);
    TroubledDatabase.execute("ALTER ROLE opendamir_reader CONNECTION LIMIT 0");
    try {
      TroubledDatabase.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename ="
              + " 'opendamir_reader' AND datname = current_database()");
      assertAnswered(given().get(QUESTION + 101));
      assertAnswered(given().get(QUESTION + 102));
      assertKnown(known);
    } finally {
      TroubledDatabase.execute("ALTER ROLE opendamir_reader CONNECTION LIMIT -1");
    }
    assertThat(given().get(QUESTION + 103).statusCode()).isEqualTo(200);
  }

  private static void assertKnown(Response known) {
    Response now = given().get(KNOWN);
    assertThat(now.statusCode()).isEqualTo(200);
    assertThat(now.asString()).isEqualTo(known.asString());
    given().header("If-None-Match", known.header("ETag")).get(KNOWN).then().statusCode(304);
  }

  private static void assertAnswered(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
  }
}
