package fr.opendamir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawMonth;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can be killed is killed: the import and the service in the middle of their work,
 * the database server and one process of it. One story, as each start takes seconds.
 */
class KilledProcessesIT {
  /** Of the pool that watches releases, which connects again by itself. */
  private static final String ROLE = "opendamir_control";

  private static final String KNOWN = "/v1/aggregates?measures=charged&group_by=month";
  private static final String UNLIMITED = "-Dopendamir.access.enabled=false";
  private static final Duration RECOVERY = Duration.ofSeconds(40);

  /**
   * What a restart may cost, in time of processors: on a busy machine it lasts longer than on one
   * that does nothing else (docs/performance.md has that), and costs the same.
   */
  private static final Duration RESTART = Duration.ofSeconds(20);

  @TempDir Path folder;
  private PackagedJar jar;
  private OwnedDatabase database;

  /** Where the story broke off, nothing of it goes on. */
  @AfterEach
  void killWhatIsLeft() {
    jar.killAll();
    database.killServer();
  }

  @Test
  void whoeverIsKilledNothingIsLostAndNothingHalfPublished() throws Exception {
    jar = new PackagedJar(folder);
    database = new OwnedDatabase(folder);
    Path first = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
    Path second = new RawMonth("202402").line(30, "70.25", "60").writeTo(folder);
    assertThat(jar.run("import", first.toString()).exitCode()).isZero();
    Process service = jar.serveUntilReady(UNLIMITED);
    HttpResponse<String> known = jar.ask(KNOWN);
    assertThat(known.body()).contains("600.5");

    killedBeforeItPublished(second);
    assertSame(known);
    killedWhileFetching(service);
    database.execute(
        "INSERT INTO control.release (id, published_at, status) VALUES ('2001-01-01.1', now(),"
            + " 'served')");
    service = jar.serveUntilReady(UNLIMITED);
    assertSame(known);
    assertThat(jar.log()).containsOnlyOnce("release 2001-01-01.1 cannot be read");
    assertThat(jar.metric("opendamir_releases_unreadable")).isOne();

    PackagedJar.Outcome again = jar.run("import", "--wait", second.toString());
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output())
        .contains("import that did not end had loaded", "Published as release");
    assertThat(runFolders()).isEmpty();
    await(() -> jar.get(KNOWN).contains("70.25"));

    serverKilled();
    backendKilled();

    stop(service);
    assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
    service = jar.serveUntilReady();
    assertThat(jar.get(KNOWN)).contains("600.5", "70.25");
    assertThat(service.toHandle().info().totalCpuDuration().orElseThrow()).isLessThan(RESTART);
    stop(service);
  }

  /** Beside the service, with all loaded: what it has loaded is there and belongs to nobody. */
  private void killedBeforeItPublished(Path file) throws Exception {
    try (Connection lock = database.lock("control.release", "SHARE")) {
      Process imported = jar.begin("import", file.toString());
      database.awaitWaiting("opendamir_importer");
      kill(imported.toHandle());
      assertThat(runFolders()).hasSize(1);
      lock.rollback();
    }
  }

  /** What is on its disk then is a part of a segment, which is of no use and harms nobody. */
  private void killedWhileFetching(Process service) throws Exception {
    kill(service.toHandle());
    for (Path segment : segments()) {
      byte[] bytes = Files.readAllBytes(segment);
      Files.write(
          segment.resolveSibling(segment.getFileName() + "-1.part"),
          Arrays.copyOf(bytes, bytes.length / 2));
      Files.delete(segment);
    }
    assertThat(segments()).isNotEmpty();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("data/segments"))) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  /** The server and all that it knew; the service starts it again, and answers meanwhile. */
  private void serverKilled() throws Exception {
    HttpResponse<String> known = jar.ask(KNOWN);
    // Its end is not waited for: until init has seen it, the service may have started another one.
    assertThat(database.server().destroyForcibly()).isTrue();
    for (int limit = 1; !jar.log().contains("database runs again"); limit++) {
      assertThat(limit).as(jar.log()).isLessThan(10_000);
      HttpResponse<String> answer = jar.ask("/v1/aggregates?group_by=region&limit=" + limit);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    assertSame(known);
    assertThat(jar.log()).contains("database died");
    assertThat(jar.metric("opendamir_database_restarts_total")).isBetween(1.0, 10.0);
  }

  /** One process of it: the server ends the others too, and recovers by itself. */
  private void backendKilled() throws Exception {
    await(this::isServiceConnected); // what was killed before may still recover
    ProcessHandle server = database.server();
    kill(database.backend(ROLE).orElseThrow());
    assertThat(jar.ask("/v1/aggregates?group_by=age_band").statusCode()).isEqualTo(200);
    await(this::databaseAnswers);
    assertThat(database.server()).isEqualTo(server);
  }

  private boolean isServiceConnected() throws IOException {
    try {
      return database.backend(ROLE).isPresent();
    } catch (SQLException e) {
      return false; // the server recovers
    }
  }

  private boolean databaseAnswers() throws IOException {
    try {
      database.execute("SELECT 1");
      return true;
    } catch (SQLException e) {
      return false; // it recovers
    }
  }

  private void assertSame(HttpResponse<String> known) throws IOException, InterruptedException {
    HttpResponse<String> now = jar.ask(KNOWN);
    assertThat(now.statusCode()).as(now.body()).isEqualTo(200);
    assertThat(now.body()).isEqualTo(known.body());
    assertThat(now.headers().firstValue("ETag")).isEqualTo(known.headers().firstValue("ETag"));
  }

  private Stream<Path> runFolders() throws IOException {
    Path temporary = folder.resolve("data/tmp");
    try (Stream<Path> found = Files.list(temporary)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("import-"))
          .toList()
          .stream();
    }
  }

  private static void kill(ProcessHandle process) throws Exception {
    assertThat(process.destroyForcibly()).isTrue();
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  private static void stop(Process service) throws InterruptedException {
    service.destroy();
    assertThat(service.waitFor(40, TimeUnit.SECONDS)).isTrue();
  }

  private void await(Eventually.Condition condition) {
    Eventually.isTrue(RECOVERY, jar::log, condition);
  }
}
