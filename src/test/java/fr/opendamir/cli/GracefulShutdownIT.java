package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ops.FreePort;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.PackagedJar;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is told to end while questions are at its database. */
class GracefulShutdownIT {
  /** What a JVM that a signal ended tells, after everything was closed: 128 and the number. */
  private static final int ENDED_BY_SIGTERM = 143;

  private static final String QUESTION = "/v1/aggregates?group_by=sex&measures=charged";
  private static final String ALL_ROWS =
      "/v1/aggregates?group_by=month,region,age_band,service&limit=all&format=csv";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void itFinishesWhatIsInWorkAndThenClosesTheDatabase(@TempDir Path folder) throws Exception {
    PackagedJar jar = new PackagedJar(folder);
    Path month = ManyBlocks.month("202401", 3000, 1).writeTo(folder);
    assertThat(jar.run("import", "--accept-loss", month.toString()).exitCode()).isZero();
    int management = FreePort.next();
    Process service =
        jar.serveWith(
            "-Dquarkus.management.port=" + management,
            "-Dquarkus.shutdown.delay=4s",
            "-Dopendamir.demo.enabled=false",
            "-Dopendamir.access.enabled=false",
            "-Dopendamir.cache.memory-mb=0");
    try {
      URI probes = URI.create("http://localhost:" + management);
      // It answers before it is ready.
      for (String probe : List.of("started", "live", "ready")) {
        awaitStatus(probes.resolve("/q/health/" + probe), 200);
      }
      String answer = get(jar.address().resolve(QUESTION)).get().body();
      assertThat(answer).contains("\"data\":[{");
      String allRows = get(jar.address().resolve(ALL_ROWS)).get().body();
      assertThat(allRows.lines()).hasSizeGreaterThan(100);
      CompletableFuture<HttpResponse<String>> question;
      CompletableFuture<HttpResponse<String>> stream;
      CompletableFuture<HttpResponse<String>> late;
      try (Connection database = databaseOf(folder);
          Statement statement = database.createStatement()) {
        database.setAutoCommit(false);
        statement.execute("LOCK TABLE figures.rollup IN ACCESS EXCLUSIVE MODE");
        question = get(jar.address().resolve(QUESTION));
        stream = get(jar.address().resolve(ALL_ROWS));
        awaitWaiting(statement, 1);

        service.destroy();

        awaitStatus(probes.resolve("/q/health/ready"), 503);
        assertThat(get(probes.resolve("/q/health/live")).get().statusCode()).isEqualTo(200);
        // Whoever has not heard of it yet is served as before.
        late = get(jar.address().resolve(QUESTION + "&totals=grand"));
        awaitWaiting(statement, 2);
        // When it listens no more, the delay is over, and only what is in work keeps it.
        Eventually.isTrue(() -> isRefused(jar.address()));
        assertThat(service.isAlive()).isTrue();
        database.rollback();
      }
      assertThat(question.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(withoutTimes(question.get().body())).isEqualTo(withoutTimes(answer));
      assertThat(stream.get(20, TimeUnit.SECONDS).body()).isEqualTo(allRows);
      assertThat(late.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(service.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
    } finally {
      service.destroyForcibly();
    }
    assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
  }

  private CompletableFuture<HttpResponse<String>> get(URI address) {
    return http.sendAsync(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static boolean isRefused(URI address) throws IOException {
    try (Socket connection = new Socket(address.getHost(), address.getPort())) {
      return !connection.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private void awaitStatus(URI address, int status) throws Exception {
    Eventually.isTrue(
        Duration.ofSeconds(30),
        () -> address + " is " + status,
        () -> get(address).get().statusCode() == status);
  }

  private static void awaitWaiting(Statement statement, int count) throws Exception {
    Eventually.isTrue(
        Duration.ofSeconds(10),
        () -> count + " questions wait",
        () -> {
          try (ResultSet row =
              statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            return row.next() && row.getLong(1) >= count;
          }
        });
  }

  private static Connection databaseOf(Path folder) throws IOException, SQLException {
    String port = Files.readAllLines(folder.resolve("data/postgres/postmaster.pid")).get(3).strip();
    String line = Files.readString(folder.resolve("data/postgres/opendamir.pgpass")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/opendamir",
        "postgres",
        line.substring(line.lastIndexOf(':') + 1));
  }

  private static String withoutTimes(String answer) {
    return answer.replaceAll("\"request_id\":\"[^\"]*\"", "");
  }
}
