package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which files the command declares public, and where it stores the key for the others. */
class ImportCommandDbTest {
  private final Map<String, String> settings = new HashMap<>();

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

  private static String run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        new CommandLine(new RootCommand())
            .setExecutionExceptionHandler(new FailureReport())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    assertThat(exitCode).as(errors.toString()).isZero();
    return output.toString();
  }
}
