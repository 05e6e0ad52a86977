package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.OtherPolicy;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way from one policy to another at the command line. */
class ReprotectCommandDbTest {
  private static final String POLICY = "opendamir.disclosure.policy-file";

  private final Map<String, String> settings = new HashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void configure() {
    TestDatabase database = TestDatabase.create();
    settings.put("opendamir.database.url", database.settings().url());
    settings.put("opendamir.database.username", database.settings().username());
    settings.put("opendamir.database.folder", folder.resolve("data").toString());
    settings.put(POLICY, OtherPolicy.write(folder).toString());
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    settings.keySet().forEach(System::clearProperty);
  }

  @Test
  void migrateSaysThatReprotectIsNeededAndReprotectDoesIt() {
    importUnderOther();

    assertThat(run(0, "migrate"))
        .contains("The service will not start", "other-for-tests (2024-01 to 2024-01)")
        .contains("Run the command reprotect");
    assertThat(run(0, "reprotect"))
        .contains("published", "A202401.csv", "Published as release")
        .contains("protected under the policy other-for-tests");
    assertThat(run(0, "migrate")).doesNotContain("will not start");
    assertThat(run(0, "reprotect")).startsWith("Nothing to do");
    assertThat(run(0, "reprotect", "--json")).contains("\"files\" : [ ]");
  }

  @Test
  void withoutTheArchiveItFailsAndNamesTheFiles() throws IOException {
    importUnderOther();
    Path archive = folder.resolve("data/archive");
    try (Stream<Path> files = Files.list(archive)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    assertThat(run(1, "reprotect"))
        .contains("2024-01: its atoms are not in the archive", "import A202401.csv");
  }

  private void importUnderOther() {
    Path january = new RawMonth("202401").line(20, "600.5", "4").writeTo(folder);
    run(0, "import", january.toString());
    System.clearProperty(POLICY);
  }

  /** Returns what the command prints. */
  private static String run(int exitCode, String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int actual =
        new CommandLine(new RootCommand())
            .setExecutionExceptionHandler(new FailureReport())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    assertThat(actual).as(output + errors.toString()).isEqualTo(exitCode);
    return exitCode == 0 ? output.toString() : errors.toString();
  }
}
