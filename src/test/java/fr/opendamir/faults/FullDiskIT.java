package fr.opendamir.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawMonth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full: the temporary one of an import, then that of the database, first for what an
 * import loads and then for the log of the server, without which it gives itself up.
 */
class FullDiskIT {
  private static final String KNOWN = "/v1/aggregates?measures=charged&group_by=month";
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @TempDir Path folder;
  private PackagedJar jar;

  @Test
  void whatWasPublishedIsServedAndTheImportSucceedsOnceThereIsRoom() throws Exception {
    Optional<SmallDisk> data = SmallDisk.mount(folder.resolve("data"), "400m");
    assumeThat(data).as("mounting is permitted").isPresent();
    try (SmallDisk database = data.get();
        SmallDisk temporary = SmallDisk.mount(folder.resolve("small"), "96k").orElseThrow()) {
      jar = new PackagedJar(folder);
      Path first = new RawMonth("202401").line(20, "600.5", "420").writeTo(folder);
      Path second = folder.resolve("A202402.csv");
      assertThat(jar.run("import", first.toString()).exitCode()).isZero();
      assertThat(
              jar.run("generate", "--month", "2024-02", "--lines", "20000", "-o", second.toString())
                  .exitCode())
          .isZero();
      // Without the mark of generated files it may stand beside the other month.
      Files.writeString(second, Files.readString(second).replaceFirst(";SYNTHETIC\n", ";\n"));
      Process service = jar.serveUntilReady("-Dopendamir.access.enabled=false");
      try {
        String known = jar.get(KNOWN);
        assertThat(known).contains("600.5");

        PackagedJar.Outcome outcome =
            jar.runWith(
                "-Dopendamir.import.temporary-folder=" + temporary.folder(),
                "import",
                "--accept-loss",
                second.toString());
        assertRefused(outcome, temporary.folder(), known);
        assertThat(outcome.output()).contains("temporary folder", "make room there");

        Path ballast = database.fill(20_000);
        Path roomy = Files.createDirectory(folder.resolve("roomy"));
        outcome =
            jar.runWith(
                "-Dopendamir.import.temporary-folder=" + roomy,
                "import",
                "--accept-loss",
                second.toString());
        assertRefused(outcome, roomy, known);
        // Where its files have room left by chance, the archive on the same disk has none.
        assertThat(outcome.output())
            .containsAnyOf("disk of the database", "archive folder")
            .contains("make room there");

        database.fill(0);
        makeTheServerGiveUp();
        await(() -> jar.log().contains("the embedded database cannot be started"));
        assertThat(jar.log()).contains("disk of the database folder");
        assertThat(jar.get(KNOWN)).isEqualTo(known);
        Files.delete(ballast);
        await(() -> jar.log().contains("database runs again"));
        assertThat(jar.ask("/v1/aggregates?group_by=sex").statusCode()).isEqualTo(200);

        outcome = jar.run("import", "--accept-loss", second.toString());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        await(() -> jar.get(KNOWN).contains("2024-02"));
      } finally {
        service.destroy();
        assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private void assertRefused(PackagedJar.Outcome outcome, Path temporary, String known)
      throws IOException, InterruptedException {
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.output()).doesNotContain("Published as release");
    if (Files.exists(temporary)) {
      try (Stream<Path> left = Files.list(temporary)) {
        assertThat(left).isEmpty();
      }
    }
    assertThat(jar.get(KNOWN)).isEqualTo(known);
  }

  /**
   * New segments of its log, until there is no room for another one: that ends all of its processes
   * but the first. Whether that one recovers without room is a matter of luck, so it is killed.
   */
  private void makeTheServerGiveUp() throws IOException {
    OwnedDatabase database = new OwnedDatabase(folder);
    ProcessHandle server = database.server();
    assertThatThrownBy(
            () -> {
              try (Connection connection = database.connect();
                  Statement statement = connection.createStatement()) {
                for (int i = 0; i < 50; i++) {
                  statement.execute(
                      "SELECT pg_logical_emit_message(false, 'fill', repeat('x', 1000)),"
                          + " pg_switch_wal()");
                }
              }
            })
        .isInstanceOf(SQLException.class);
    server.destroyForcibly();
  }

  private void await(Eventually.Condition condition) {
    Eventually.isTrue(RECOVERY, jar::log, condition);
  }
}
