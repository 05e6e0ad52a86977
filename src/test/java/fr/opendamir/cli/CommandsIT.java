package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.PackagedJar;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.RecipeAnswers;
import fr.opendamir.testing.ScriptPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged jar, one after the other, as a new user would run them. */
class CommandsIT {
  private static final String TOTAL = "/v1/aggregates?measures=charged&lang=en";
  private static final String IMPORTING_DEMO = "The database is empty: making a small synthetic";
  private static final Path DEMONSTRATION =
      Path.of("src/main/resources/fr/opendamir/api/rest/recipes/demonstration.json");

  /** Nobody asks all recipes in a minute but this test. */
  private static final String[] MANY_UNITS = {
    "-Dopendamir.access.plans.anonymous.burst.quota=6000",
    "-Dopendamir.access.plans.anonymous.daily.quota=6000",
    "-Dopendamir.access.plans.anonymous.requests.quota=6000"
  };

  @TempDir Path folder;
  private PackagedJar jar;

  @BeforeEach
  void choosePort() throws IOException {
    jar = new PackagedJar(folder);
  }

  @Test
  void fromNothingToAGenuineFigureAndBackAfterARestart() throws Exception {
    Path genuine =
        new RawMonth("202501").line(20, "600.5", "420").line(99, "7.08", "1").writeTo(folder);
    String tag;
    Process service = jar.serveWith(MANY_UNITS);
    try {
      assertThat(jar.get(TOTAL)).contains("\"synthetic\":true", "demonstration");
      assertThat(jar.log()).as("it comes with the program").doesNotContain(IMPORTING_DEMO);
      assertThat(jar.get("/")).contains("synthétiques");
      requireRecipesOfTheDemonstration();

      PackagedJar.Outcome second = jar.run("serve");
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output()).contains("in use", String.valueOf(service.pid()));

      PackagedJar.Outcome imported = jar.run("import", genuine.toString());
      assertThat(imported.exitCode()).as(imported.output()).isZero();
      assertThat(imported.output()).contains("Published as release", "607.58");
      // A second is what is promised; the rest is for a busy machine.
      Eventually.isTrue(
          Duration.ofSeconds(15), () -> !jar.get(TOTAL).contains("\"synthetic\":true"));
      assertThat(jar.get(TOTAL)).contains("\"charged\":607.58", "\"synthetic\":false");

      PackagedJar.Outcome key = jar.run("keys", "create", "--owner", "Ada");
      assertThat(key.exitCode()).as(key.output()).isZero();
      assertThat(key.output()).containsPattern("odk_[0-9A-Za-z]{38}");
      assertThat(jar.run("keys", "list").output()).contains("Ada", "active");
      assertThat(jar.run("usage").output()).startsWith("day,key_id,key,owner,plan,door");
      assertThat(jar.run("releases", "list").output()).contains("served", "2025-01 2025-01");
      tag = jar.tag(TOTAL);
    } finally {
      stop(service);
    }
    copyAndRestore();

    Process again = jar.serve();
    try {
      assertThat(jar.get(TOTAL)).contains("\"charged\":607.58", "\"months\":[\"2025-01\"]");
      assertThat(jar.tag(TOTAL)).isEqualTo(tag).isNotEmpty();
    } finally {
      stop(again);
    }
    assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
  }

  /** The demonstration set gives the answers of docs/recipes, at both doors and to the scripts. */
  private void requireRecipesOfTheDemonstration() throws IOException, InterruptedException {
    RecipeAnswers answers = new RecipeAnswers(jar.address());
    boolean hasR = ScriptPrograms.output(ScriptPrograms.R, "--version").isPresent();
    ObjectNode found = new ObjectMapper().createObjectNode();
    ObjectNode recorded = (ObjectNode) new ObjectMapper().readTree(DEMONSTRATION.toFile());
    for (JsonNode recipe : answers.answerable()) {
      String id = recipe.get("id").textValue();
      for (JsonNode request : recipe.get("requests")) {
        assertThat(answers.ask(request).orElse(null))
            .as("%s of %s", request.get("name"), id)
            .isEqualTo(request.get("refused_on_demonstration").textValue());
      }
      List<String> printed = new ArrayList<>();
      recorded.at("/" + id + "/script").forEach(line -> printed.add(line.textValue()));
      List<String> script = script(ScriptPrograms.PYTHON, id + ".py").orElse(printed);
      if (hasR) {
        assertThat(script(ScriptPrograms.R, id + ".R")).as(id).contains(script);
      }
      found.set(id, answers.recorded(recipe, script));
    }
    Path made = Path.of("target", "recipes", DEMONSTRATION.getFileName().toString());
    Files.createDirectories(made.getParent());
    Files.writeString(made, found.toPrettyString() + "\n");
    assertThat(found)
        .as("if the change is meant: cp %s %s, and run RecipesTest", made, DEMONSTRATION)
        .isEqualTo(recorded);
  }

  private Optional<List<String>> script(String program, String name)
      throws IOException, InterruptedException {
    return ScriptPrograms.output(
        program, Path.of("docs", "recipes", name).toString(), jar.address().toString());
  }

  /** The embedded database is backed up and restored as the runbook says. */
  private void copyAndRestore() throws IOException, InterruptedException {
    String runbook = Files.readString(Path.of("docs", "runbook.md"));
    for (String line :
        List.of(
            "tar -C data -cf opendamir.tar postgres",
            "rm -rf data/postgres && tar -C data -xf opendamir.tar")) {
      assertThat(runbook).contains("\n    " + line + "\n");
      Process shell =
          new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).inheritIO().start();
      assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(shell.exitValue()).isZero();
    }
  }

  @Test
  void importsWorkWithoutTheServiceAndSayWhatIsWrong() throws Exception {
    Path page = Files.writeString(folder.resolve("A202501.csv.gz"), "<!DOCTYPE html><html></html>");
    Path letters = new RawMonth("202502").line(20, "6x", "4").writeTo(folder);

    PackagedJar.Outcome refused = jar.run("import", page.toString(), letters.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "is a web page", "line 2: column PRS_REM_BSE holds \"6x\"", "Nothing was published");
    try (Stream<Path> left = Files.list(folder.resolve("data/tmp"))) {
      assertThat(left).isEmpty();
    }
    assertThat(jar.run("import").exitCode()).isEqualTo(2);
    assertThat(jar.run("import", folder.resolve("none.csv").toString()).output())
        .contains("none.csv: does not exist");
  }

  @Test
  void aGeneratedMonthImportsAndItsReportIsJsonOnDemand() throws Exception {
    PackagedJar.Outcome generated =
        jar.run("generate", "--month", "2025-03", "--lines", "20000", "-o", folder.toString());
    assertThat(generated.exitCode()).as(generated.output()).isZero();
    Path file = folder.resolve("A202503-synthetic.csv.gz");
    assertThat(file).isNotEmptyFile();

    PackagedJar.Outcome imported = jar.run("import", "--json", "--accept-loss", file.toString());

    assertThat(imported.exitCode()).as(imported.output()).isZero();
    assertThat(imported.output())
        .contains("\"lines\" : 20000", "\"synthetic\" : true", "\"totals_verified\" : true");
    PackagedJar.Outcome unchanged = jar.run("import", file.toString());
    assertThat(unchanged.output()).contains("already published", "Nothing was published");
    assertThat(jar.run("generate", "--month", "2008-12").exitCode()).isEqualTo(2);
    assertThat(jar.run("rollups").output())
        .contains("Chosen on a month of", "mean after", "2025-03", "service_group");
    assertThat(jar.run("rollups", "sex").output())
        .containsPattern("2025-03 by sex: [0-9,]+ rows of the rollup [a-z_,]*sex");
    PackagedJar.Outcome unknown = jar.run("rollups", "nowhere");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.output()).contains("nowhere", "service_group");
  }

  @Test
  void theServiceDoesNotStartOnMonthsOfAnotherPolicy() throws Exception {
    Path month = new RawMonth("202501").line(20, "600.5", "420").writeTo(folder);
    assertThat(jar.run("import", month.toString()).exitCode()).isZero();
    Path policy = Files.writeString(folder.resolve("policy.json"), otherPolicy());
    String setting = "-Dopendamir.disclosure.policy-file=" + policy;

    PackagedJar.Outcome refused = jar.runWith(setting, "serve");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "another disclosure policy", "2025-01", "other-12.1", "Import those months again");
    assertThat(jar.runWith(setting, "import", month.toString()).output())
        .contains("is replaced", "protected under the policy", "Published as release");
  }

  @Test
  void aFirstStartUnderAnotherPolicyImportsTheDemonstrationSet() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.json"), otherPolicy());
    Process service = jar.serveWith("-Dopendamir.disclosure.policy-file=" + policy);
    try {
      assertThat(jar.log()).contains(IMPORTING_DEMO);
      assertThat(jar.get(TOTAL)).contains("\"synthetic\":true", "other-12.1");
    } finally {
      stop(service);
    }
  }

  private static String otherPolicy() throws IOException {
    try (InputStream in = DisclosurePolicy.class.getResourceAsStream("policy.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("blocks-12", "other-12.1")
          .replace("\"threshold\": 11", "\"threshold\": 12");
    }
  }

  @Test
  void helpAndVersionAreAnswered() throws Exception {
    assertThat(jar.run("--help").output())
        .contains(
            "serve", "import", "reprotect", "generate", "rollups", "releases", "keys", "usage");
    assertThat(jar.run("--version").output()).contains("Open DAMIR API 0");
    assertThat(jar.run("serv").exitCode()).isEqualTo(2);
  }

  private static void stop(Process service) throws InterruptedException {
    service.destroy();
    assertThat(service.waitFor(40, TimeUnit.SECONDS)).isTrue();
  }
}
