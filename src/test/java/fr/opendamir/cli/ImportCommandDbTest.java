package fr.opendamir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command declares public, where it stores the key for the rest, and whom it tells. */
class ImportCommandDbTest {
  private final Map<String, String> settings = new HashMap<>();
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void configure() {
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    settings.put("opendamir.import.archive.enabled", "false");
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    settings.keySet().forEach(System::clearProperty);
  }

  @Test
  void theReportHasTheChecksumOfPublicFilesOnly() {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    Path february = new RawMonth("202402").line(20, "600.5", "4").writeTo(folder);

    assertThat(run("import", "--json", january.toString()))
        .contains("\"status\" : \"published\"")
        .doesNotContain("sha256");
    assertThat(run("import", "--json", "--public-source", february.toString()))
        .contains("\"sha256\" : \"" + FileChecksum.sha256(february) + "\"");
    assertThat(run("import", "--public-source", january.toString())).startsWith("unchanged");
  }

  @Test
  void theKeyIsInTheArchiveEvenIfNoAtomsAre() {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);

    run("import", "--public-source", january.toString());
    assertThat(folder.resolve("data/archive")).doesNotExist();
    run("import", "--replace", january.toString());
    assertThat(folder.resolve("data/archive"))
        .isDirectoryContaining("glob:**/digest.key")
        .isDirectoryNotContaining("glob:**/*.parquet");
  }

  /** The month is then published as if nothing had been. */
  @Test
  void aDryRunReportsAndPublishesNothing() {
    set("opendamir.import.archive.enabled", "true");
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    Path wrong = new RawMonth("202402").line(20, "6x", "4").writeTo(folder);

    assertThat(run("import", "--dry-run", january.toString()))
        .startsWith("checked")
        .contains("600.50", "Nothing was published.");
    assertThat(folder.resolve("data/archive")).isDirectoryNotContaining("glob:**/*.parquet");
    assertThat(exitCode("import", "--dry-run", january.toString(), wrong.toString())).isEqualTo(1);
    assertThat(output.toString()).contains("checked", "FAILED", "\"6x\"");
    assertThat(run("releases", "list")).doesNotContain("2024-01");

    assertThat(run("import", january.toString())).startsWith("published");
    assertThat(run("import", "--dry-run", january.toString())).startsWith("unchanged");
    assertThat(exitCode("import", "--dry-run", "--share", "0/2", january.toString())).isEqualTo(2);
  }

  @Test
  void severalFilesEndInATableThatSaysWhatBecameOfEach() {
    Path january = new RawMonth("202401").line(20, "1600.5", "4").writeTo(folder);
    Path wrong = new RawMonth("202402").line(20, "6x", "4").writeTo(folder);
    Path march = new RawMonth("202403").line(20, "800.5", "700").writeTo(folder);

    assertThat(exitCode("import", january.toString(), wrong.toString(), march.toString()))
        .isEqualTo(1);
    assertThat(output.toString())
        .containsPattern(
            "\\n  month  lines   charged  reimbursed  checksum  read  protect  export  rollup +load"
                + " +verify  state\\R")
        .containsPattern("\\n2024-01      1  1,600.50        4.00 +[0-9.]+ .* loaded\\R")
        .containsPattern("\\n      \\? +failed \\S*A202402.csv\\R")
        .contains("Nothing was published.", "run the same import again");
    assertThat(errors.toString())
        .contains("FAILED   A202402.csv: line 2", "[3/3] A202403.csv: read");

    assertThat(run("import", january.toString(), march.toString()))
        .contains("2024-03", "the file was not read again", "Published as release ")
        .doesNotContain("run the same import again");
  }

  @Test
  void releaseEachTellsOfEveryRelease() {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    Path wrong = new RawMonth("202402").line(20, "6x", "4").writeTo(folder);
    Path march = new RawMonth("202403").line(20, "600.5", "4").writeTo(folder);

    assertThat(
            exitCode(
                "import", "--release-each", january.toString(), wrong.toString(), march.toString()))
        .isEqualTo(1);
    assertThat(output.toString())
        .containsPattern("Published as release [-0-9]+\\.1, [-0-9]+\\.2\\.");
    assertThat(run("releases", "list")).contains("2024-01").doesNotContain("2024-02");
    assertThat(exitCode("import", "--release-each", "--dry-run", january.toString())).isEqualTo(2);
    assertThat(exitCode("import", "--release-each", "--share", "0/2", january.toString()))
        .isEqualTo(2);
  }

  /** A subscriber that refuses is told of, and changes neither report nor exit code. */
  @Test
  void subscribersAreToldOfWhatWasPublishedAndOfNothingElse() throws IOException {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            boolean isWanted = exchange.getRequestURI().getPath().equals("/wanted");
            exchange.sendResponseHeaders(isWanted ? 204 : 410, -1);
          }
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      set("opendamir.publish.webhooks", address + "/wanted," + address + "/gone?key=hidden");
      set("opendamir.publish.webhook-secret", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");

      String report = run("import", "--json", january.toString());
      String release = report.replaceFirst("(?s).*\"release\" : \"([^\"]+)\".*", "$1");
      assertThat(received)
          .hasSize(2)
          .allMatch(
              body -> body.contains("{\"release\":\"" + release + "\",\"months\":[\"2024-01\"]}"));
      assertThat(errors.toString())
          .contains("webhook " + address + ": delivered after 1 attempt")
          .contains("webhook " + address + ": not delivered after 1 attempt(s): 410")
          .doesNotContain("hidden");

      run("import", january.toString()); // unchanged: there is nothing to tell
      assertThat(received).hasSize(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void addressesThatCannotBeUsedAreRefusedBeforeAnythingIsPublished() {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    set("opendamir.publish.webhooks", "example.org/hook");
    assertThat(exitCode("import", january.toString())).isEqualTo(1);
    assertThat(errors.toString())
        .contains("opendamir.publish.webhooks address 1 must be like https");
    assertThat(exitCode("reprotect")).isEqualTo(1);
    assertThat(folder.resolve("data/archive")).doesNotExist();

    set("opendamir.publish.webhooks", "");
    assertThat(run("import", january.toString())).startsWith("published");
  }

  private void set(String name, String value) {
    settings.put(name, value);
    System.setProperty(name, value);
  }

  private String run(String... arguments) {
    assertThat(exitCode(arguments)).as(errors.toString()).isZero();
    return output.toString();
  }

  private int exitCode(String... arguments) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    return new CommandLine(new RootCommand())
        .setExecutionExceptionHandler(new FailureReport())
        .setOut(new PrintWriter(output))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }
}
