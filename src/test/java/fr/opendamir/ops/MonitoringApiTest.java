package fr.opendamir.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts speak of metrics that exist, and of advice that is given. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class MonitoringApiTest {
  private static final Path FOLDER = Path.of("monitoring");

  /** Made by Prometheus itself. */
  private static final String UP = "up";

  /** Made by the JVM where it has collected garbage, which a test cannot ask for. */
  private static final Set<String> NOT_AT_ONCE = Set.of("jvm_gc_pause_seconds_sum");

  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "on", "ignoring", "bool", "offset", "by", "without");

  @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
  int managementPort;

  @Test
  void everyPanelHasAUnitAndQueriesOfMetricsThatExist() throws IOException {
    Set<String> known = exposed();
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
    List<String> titles = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      if (panel.get("type").asText().equals("row")) {
        continue;
      }
      String title = panel.get("title").asText();
      titles.add(title);
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotEmpty();
      assertThat(panel.get("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        assertThat(metrics(target.get("expr").asText())).as(title).isNotEmpty().isSubsetOf(known);
      }
    }
    assertThat(titles).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      assertThat(metrics(annotation.get("expr").asText())).isSubsetOf(known);
    }
  }

  @Test
  void everyAlertIsOfMetricsThatExistAndHasItsAdviceInTheRunbook() throws IOException {
    Set<String> known = exposed();
    known.add(UP);
    String runbook = Files.readString(Path.of("docs", "runbook.md"));
    JsonNode rules = yaml("prometheus-alerts.yaml").at("/groups/0/rules");
    Set<String> alerts = new TreeSet<>();
    for (JsonNode rule : rules) {
      String alert = rule.get("alert").asText();
      alerts.add(alert);
      assertThat(metrics(rule.get("expr").asText())).as(alert).isNotEmpty().isSubsetOf(known);
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("docs/runbook.md#" + alert.toLowerCase(Locale.ROOT));
      assertThat(runbook).contains("\n### " + alert + "\n");
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
      assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
    }
    assertThat(alerts).hasSize(rules.size()).hasSizeGreaterThan(10);
    assertThat(
            Pattern.compile("\n### (OpenDamir\\w+)\n")
                .matcher(runbook)
                .results()
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void alertsRingWhenTheyShould() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.exists(promtool), "needs promtool (Debian: prometheus)");
    assertThat(run(promtool, "check", "rules", "prometheus-alerts.yaml")).contains("SUCCESS");
    assertThat(run(promtool, "test", "rules", "prometheus-alerts-test.yaml")).contains("SUCCESS");
  }

  /** A name that does not exist is found out. */
  @Test
  void metricsAreReadOffExpressions() {
    assertThat(
            metrics(
                "histogram_quantile(0.95, sum by (le, a) (rate(x_bucket{b=~\"c|d\"}[5m]))) / 1e3"
                    + " > 5 and on (instance) (y_total offset 5m)"))
        .containsExactly("x_bucket", "y_total");
  }

  private static String run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static JsonNode yaml(String name) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(FOLDER.resolve(name).toFile());
  }

  /** The names of series in an expression. */
  private static Set<String> metrics(String expression) {
    String bare =
        expression
            .replaceAll("\"[^\"]*\"", "")
            .replaceAll("\\{[^}]*}", "")
            .replaceAll("\\[[^]]*]", "")
            .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", "")
            .replaceAll("\\boffset\\s+\\w+", "");
    return Pattern.compile("(?<![\\w.$])[a-zA-Z_:][\\w:]*(?!\\s*\\()\\b")
        .matcher(bare)
        .results()
        .map(found -> found.group())
        .filter(name -> !WORDS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What there is once questions were asked. */
  private Set<String> exposed() {
    given().get("/v1/aggregates?group_by=supplement").then().statusCode(200);
    Set<String> names =
        given()
            .port(managementPort)
            .get("/q/metrics")
            .asString()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    names.addAll(NOT_AT_ONCE);
    return names;
  }
}
