package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What commands write: never over a file that nobody gave up, never what a spreadsheet computes.
 */
class OutputFileTest {
  @TempDir Path folder;

  private final StringWriter errors = new StringWriter();

  @Test
  void aGeneratedFileReplacesNoOther() throws Exception {
    Path file = Files.writeString(folder.resolve("A202501-synthetic.csv.gz"), "mine");
    for (Path output : List.of(file, folder)) {
      assertThat(generate(output)).isEqualTo(1);
      assertThat(errors.toString())
          .contains(file + ": exists already, and is left as it is; --replace replaces it");
      assertThat(file).hasContent("mine");
    }
    assertThat(generate(file, "--replace")).isZero();
    assertThat(Files.size(file)).isGreaterThan(1000);
    assertThat(generate(folder.resolve("another.csv"))).isZero();
  }

  @Test
  void aLinkIsNotWrittenThroughEither() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("not-there-yet.csv"));
    assertThat(generate(link)).isEqualTo(1);
    assertThat(folder.resolve("not-there-yet.csv")).doesNotExist();
  }

  @Test
  void everyCommandThatTakesAFileToWriteHasTheOption() {
    Set<String> writing =
        new CommandLine(new RootCommand())
            .getSubcommands().entrySet().stream()
                .filter(
                    c ->
                        c.getValue().getCommandSpec().mixins().values().stream()
                            .anyMatch(mixin -> mixin.userObject() instanceof OutputFile))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    Set<String> withPaths =
        new CommandLine(new RootCommand())
            .getSubcommands().entrySet().stream()
                .filter(
                    c ->
                        c.getValue().getCommandSpec().options().stream()
                            .map(OptionSpec::type)
                            .anyMatch(Path.class::equals))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    assertThat(writing)
        .containsExactlyInAnyOrder("fetch", "generate", "usage")
        .isEqualTo(withPaths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1", "\uFF201"})
  void whatASpreadsheetWouldComputeIsText(String cell) {
    assertThat(SpreadsheetText.guarded(cell)).isEqualTo("'" + cell);
  }

  @ParameterizedTest
  @CsvSource({"Ada", "odk_4fTz9Qab", "a=b", "''"})
  void otherTextIsLeftAlone(String cell) {
    assertThat(SpreadsheetText.guarded(cell)).isEqualTo(cell);
  }

  private int generate(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("generate", "--month", "2025-01", "--lines", "500", "-o", output.toString()));
    arguments.addAll(List.of(more));
    return new CommandLine(new RootCommand())
        .setExecutionExceptionHandler(new FailureReport())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(errors))
        .execute(arguments.toArray(String[]::new));
  }
}
