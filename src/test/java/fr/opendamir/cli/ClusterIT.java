package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.ops.FreePort;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.Nginx;
import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.RedisServer;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than one machine, on one: a database, two services that share a folder of segments, one
 * Redis for their limits, nginx in front.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final String BY_MONTH = "/v1/aggregates?group_by=month&measures=charged,quantity";
  private static final int REQUESTS_A_MINUTE = 100_000;

  /** Of {@link #BY_MONTH}: one, one for cells, one for rows. */
  private static final int PRICE = 3;

  private static final int GRANTED = 14;

  @TempDir static Path folder;

  private static EmbeddedPostgres database;

  /** 0: any; afterwards always the same. */
  private static int port;

  private static RedisServer redis;
  private static Nginx nginx;
  private static PackagedJar first;
  private static PackagedJar second;
  private static Process firstProcess;
  private static Process secondProcess;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Nginx.isInstalled(), "there is no nginx on the PATH");
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server on the PATH");
    port = FreePort.next();
    database = startDatabase();
    publish("202401");
    redis = new RedisServer(folder);
    redis.start();
    first = new PackagedJar(folder);
    second = new PackagedJar(folder);
    firstProcess = first.serveWith(settings());
    secondProcess = second.serveWith(settings());
    nginx = new Nginx(folder.resolve("nginx"), List.of(first.address(), second.address()));
  }

  private static String[] settings() {
    return new String[] {
      "-Dopendamir.database.url=jdbc:postgresql://localhost:" + port + "/postgres",
      "-Dopendamir.database.username=postgres",
      "-Dopendamir.segments.folder=" + folder.resolve("segments"),
      "-Dopendamir.demo.enabled=false",
      "-Dopendamir.access.redis.url=" + redis.url(),
      "-Dopendamir.access.address-salt=the same for all replicas",
      "-Dopendamir.access.proxies.trusted=127.0.0.0/8",
      "-Dopendamir.access.plans.anonymous.burst.quota=" + GRANTED * PRICE,
      "-Dopendamir.access.plans.anonymous.burst.window=3600s",
      "-Dopendamir.access.plans.anonymous.requests.quota=" + REQUESTS_A_MINUTE,
      "-Dopendamir.access.plans.anonymous.concurrency=100",
      "-Xmx256m"
    };
  }

  private static EmbeddedPostgres startDatabase() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setLocaleConfig("locale", "C")
        .start();
  }

  private static void publish(String month) throws IOException {
    Path file = new RawMonth(month).line(20, "600.5", "420").writeTo(folder, "A" + month + ".csv");
    ServedDatabase.require(TestDatabase.on(port).importFiles(folder.resolve("tmp"), file));
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
    for (Process process : new Process[] {firstProcess, secondProcess}) {
      if (process != null) {
        process.destroy();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      }
    }
    if (redis != null) {
      redis.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @Test
  @Order(1)
  void bothAnswerAlike() throws Exception {
    Set<String> answeredBy = new TreeSet<>();
    Set<String> bodies = new TreeSet<>();
    Set<String> tags = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer = get(nginx.address(), BY_MONTH, "192.0.2.1");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answeredBy.addAll(answer.headers().allValues("X-Upstream"));
      tags.addAll(answer.headers().allValues("ETag"));
      bodies.add(answer.body());
    }
    assertThat(answeredBy).hasSize(2);
    assertThat(tags).hasSize(1);
    assertThat(bodies).singleElement().asString().contains("\"2024-01\"", "600.50");
  }

  @Test
  @Order(2)
  void limitsAreShared() throws Exception {
    int granted = 0;
    Set<String> answeredBy = new TreeSet<>();
    for (int i = 0; i < 2 * GRANTED; i++) {
      HttpResponse<String> answer = get(nginx.address(), BY_MONTH, "192.0.2.2");
      answeredBy.addAll(answer.headers().allValues("X-Upstream"));
      if (answer.statusCode() == 200) {
        granted++;
      } else {
        assertThat(answer.statusCode()).isEqualTo(429);
      }
    }
    assertThat(answeredBy).hasSize(2);
    assertThat(granted).isEqualTo(GRANTED);
  }

  @Test
  @Order(3)
  void aReleaseIsServedByBothWhenItsSegmentsAreThere() throws Exception {
    publish("202402");
    for (PackagedJar service : List.of(first, second)) {
      Eventually.isTrue(
          Duration.ofSeconds(15),
          () -> get(service.address(), BY_MONTH, reader()).body().contains("\"2024-02\""));
      assertThat(service.metric("opendamir_segments_held")).isEqualTo(2);
      assertThat(service.metric("opendamir_segments_missing")).isZero();
    }
  }

  @Test
  @Order(4)
  void withoutTheDatabaseBothAnswerNewQuestions() throws Exception {
    database.close();
    for (PackagedJar service : List.of(first, second)) {
      for (String levels : List.of("sex", "month", "region,service,month")) {
        HttpResponse<String> answer =
            get(service.address(), "/v1/aggregates?group_by=" + levels, reader());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      HttpResponse<String> all =
          get(
              service.address(),
              "/v1/aggregates?group_by=sex,month&limit=all&format=csv",
              reader());
      assertThat(all.statusCode()).as(all.body()).isEqualTo(200);
      assertThat(all.body().lines()).hasSize(3);
    }
    database = startDatabase();
  }

  @Test
  @Order(5)
  void readersDoNotNoticeThatOneIsKilled() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = 0; !isOver.get(); n++) {
                  ask(number, n, answered, wrong);
                }
              }));
    }
    Eventually.isTrue(Duration.ofSeconds(60), () -> answered.get() > 200);
    secondProcess.destroyForcibly().waitFor();
    int then = answered.get();
    Eventually.isTrue(Duration.ofMinutes(2), () -> answered.get() > then + 800);
    isOver.set(true);
    for (CompletableFuture<Void> reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
    assertThat(wrong).isEmpty();
    assertThat(get(nginx.address(), BY_MONTH, reader()).headers().firstValue("X-Upstream"))
        .contains("127.0.0.1:" + first.address().getPort());
  }

  /** Kept answers, new questions and GraphQL by POST, in turn. */
  private static void ask(
      int number, int n, AtomicInteger answered, ConcurrentLinkedQueue<String> wrong) {
    try {
      String reader = "192.0.%d.%d".formatted(10 + number, n / 4 % 250);
      HttpResponse<String> answer =
          switch (n % 3) {
            case 0 -> get(nginx.address(), BY_MONTH, reader);
            case 1 ->
                get(
                    nginx.address(),
                    "/v1/aggregates?group_by=month&limit=" + (1 + (number * 1000 + n) % 10_000),
                    reader);
            default ->
                HTTP.send(
                    HttpRequest.newBuilder(nginx.address().resolve("/graphql"))
                        .header("X-Reader", reader)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(10))
                        .POST(
                            HttpRequest.BodyPublishers.ofString(
                                "{\"query\":\"{ spending(first: %d) { nodes { month charged } } }\"}"
                                    .formatted(1 + n % 100)))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
          };
      if (answer.statusCode() == 200 && answer.body().contains("\"2024-0")) {
        answered.incrementAndGet();
      } else {
        wrong.add(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      wrong.add(e.toString());
    }
  }

  private static final AtomicInteger READERS = new AtomicInteger();

  /** One who has asked nothing yet. */
  private static String reader() {
    int n = READERS.incrementAndGet();
    return "198.51.%d.%d".formatted(n / 250, n % 250);
  }

  private static HttpResponse<String> get(URI service, String question, String reader)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(service.resolve(question))
            .header(service.equals(nginx.address()) ? "X-Reader" : "X-Forwarded-For", reader)
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
