package fr.opendamir.api.doors;

import static fr.opendamir.testing.ScriptPrograms.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.testing.ScriptPrograms;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recipes that read the files of a release, against published answers. */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class FileRecipesApiTest {
  private static final Path RECIPES = Path.of("docs", "recipes");

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void theRecipeOfDuckDbReproducesPublishedAnswers() throws IOException {
    try (DownloadedFiles files = DownloadedFiles.of(http, base, "latest")) {
      files.run("SET VARIABLE folder = '" + files.folder() + "/'");
      List<List<String>> found = List.of();
      for (String statement :
          Files.readString(RECIPES.resolve("read_cube.sql"))
              .replaceAll("(?m)^--.*$", "")
              .split(";", -1)) {
        if (!statement.isBlank()) {
          if (statement.strip().startsWith("SELECT")) {
            found = files.query(statement);
          } else {
            files.run(statement);
          }
        }
      }
      assertThat(found.stream().map(row -> String.join(",", row)).toList()).isEqualTo(published());
    }
  }

  @Test
  void theRecipeOfPandasReproducesPublishedAnswers() throws Exception {
    assumeThat(output(ScriptPrograms.PYTHON, "-c", "import pandas, pyarrow"))
        .as("pandas is installed")
        .isPresent();
    assertThat(recipe(ScriptPrograms.PYTHON, "read_cube.py")).isEqualTo(published());
  }

  @Test
  void theRecipeOfArrowReproducesPublishedAnswers() throws Exception {
    assumeThat(output(ScriptPrograms.R, "-e", "library(arrow); library(jsonlite)"))
        .as("arrow is installed")
        .isPresent();
    assertThat(recipe(ScriptPrograms.R, "read_cube.R")).isEqualTo(published());
  }

  private List<String> recipe(String program, String script) throws Exception {
    return output(
            program,
            RECIPES.resolve(script).toString(),
            base.resolve("/v1/releases/latest/files").toString())
        .orElseThrow();
  }

  /** Three answers of the service in cents or acts, as recipes print them. */
  private List<String> published() {
    List<String> lines = new ArrayList<>();
    Map.of("charged", "month", "quantity", "sex", "reimbursed", "region")
        .forEach(
            (measure, level) -> {
              FigureReader reader = new FigureReader(http, base, List.of(level), List.of(measure));
              reader
                  .csv(
                      reader.get(
                          "/v1/aggregates?labels=id&format=csv&group_by=%s&measures=%s"
                              .formatted(level, measure)))
                  .forEach(
                      row ->
                          lines.add(
                              "%s,%s,%s"
                                  .formatted(
                                      measure,
                                      row.codes().get(0),
                                      row.values()
                                          .get(0)
                                          .orElseThrow()
                                          .movePointRight(measure.equals("quantity") ? 0 : 2)
                                          .toBigInteger())));
            });
    return lines.stream().sorted().collect(Collectors.toList());
  }
}
