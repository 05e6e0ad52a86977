package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawMonth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the runbook: a database is dumped, dropped and restored, and readers notice
 * nothing but the break.
 */
class BackupIT {
  private static final List<String> QUESTIONS =
      List.of(
          "/v1/aggregates?group_by=region,month&measures=charged,reimbursed&lang=en",
          "/v1/aggregates?group_by=service&format=csv&totals=grand",
          "/graphql?query=%7Bspending%7Bnodes%7Bregion%7Bcode%7Dcharged%7D%7D%7D",
          "/v1/releases");

  @TempDir Path folder;

  /** What a reader sees of an answer, the key of an own account included. */
  private record Seen(int status, String tag, String body) {}

  @Test
  void aDumpBringsTheSameAnswersBackUnderTheSameTags() throws Exception {
    Optional<Path> programs = PostgresPrograms.find();
    assumeTrue(
        programs.isPresent(),
        "needs PostgreSQL 15 or newer with its tools in /usr/lib/postgresql (Debian: postgresql)");
    String runbook = Files.readString(Path.of("docs", "runbook.md"));
    PackagedJar jar = new PackagedJar(folder);
    Path ofServer = Files.createDirectory(folder.resolve("server"));
    try (PostgresPrograms server = PostgresPrograms.start(programs.get(), ofServer)) {
      String database = "-Dopendamir.database.url=" + server.url();
      Path month =
          new RawMonth("202501").line(20, "600.5", "420").line(99, "7.08", "1").writeTo(folder);
      assertThat(jar.runWith(database, "import", "--accept-loss", month.toString()).exitCode())
          .isZero();
      String key = jar.runWith(database, "keys", "create", "--owner", "Ada").output();
      key = key.lines().filter(line -> line.startsWith("odk_")).findFirst().orElseThrow();

      List<Seen> before = answers(jar, database, key);
      for (String line :
          List.of(
              "pg_dumpall --roles-only --no-role-passwords --file=roles.sql",
              "pg_dump --format=custom --file=opendamir.dump opendamir")) {
        assertThat(runbook).contains("\n    " + line + "\n");
        server.run(line);
      }
      server.run("dropdb opendamir");
      server.run(
          "psql -c \"DROP ROLE opendamir_importer, opendamir_reader, opendamir_control,"
              + " opendamir_access, opendamir\" postgres");
      for (String line :
          List.of(
              "psql --quiet --file=roles.sql postgres",
              "createdb --owner=opendamir opendamir",
              "pg_restore --exit-on-error --dbname=opendamir opendamir.dump")) {
        assertThat(runbook).contains("\n    " + line + "\n");
        server.run(line);
      }
      List<Seen> after = answers(jar, database, key);
      assertThat(after).isEqualTo(before);
      assertThat(after).allSatisfy(seen -> assertThat(seen.status()).isEqualTo(200));
      assertThat(after.get(0).body()).contains("607.58");
      assertThat(after.get(0).tag()).isNotEmpty();
    }
  }

  private static List<Seen> answers(PackagedJar jar, String database, String key)
      throws IOException, InterruptedException {
    Process service = jar.serveWith(database);
    try {
      List<Seen> seen = new ArrayList<>();
      for (String question : QUESTIONS) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(uri(jar, question)).header("X-API-Key", key).build(),
                    HttpResponse.BodyHandlers.ofString());
        seen.add(
            new Seen(
                answer.statusCode(),
                answer.headers().firstValue("ETag").orElse(""),
                answer.body()));
      }
      return seen;
    } finally {
      service.destroy();
      assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static URI uri(PackagedJar jar, String question) {
    return jar.address().resolve(question);
  }
}
