package fr.opendamir.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code k8s/}, without a cluster: strict, and in agreement with the service. */
class KubernetesTest {
  private static final Path ROOT = Path.of("k8s");
  private static final SettingNames SETTINGS = new SettingNames();

  /** A row of the table of secrets in k8s/README.md: name and keys. */
  private static final Pattern SECRET =
      Pattern.compile("^ *\\| `([a-z-]+)` \\| ((?:`[a-z.-]+`(?:, )?)+) \\|.*", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"overlays/development", "overlays/production"})
  void anOverlayIsWholeAndAgreesWithTheService(String overlay) throws IOException {
    assertThat(problems(render(overlay))).isEmpty();
  }

  @Test
  void theImportOfManyMonthsWorksBesideProduction() throws IOException {
    List<ObjectNode> manifests = new ArrayList<>(render("overlays/production"));
    manifests.addAll(render("import"));
    assertThat(problems(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/development", "overlays/production", "import"})
  void kustomizeRendersTheSame(String folder) throws Exception {
    assumeTrue(hasKustomize(), "no kubectl with kustomize 5 or newer on the PATH");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", ROOT.resolve(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    assertThat(sorted(render(folder))).isEqualTo(sorted(Kustomization.documents(rendered)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          readinessProbe:                      | readynessProbe:                         | readynessProbe
          containerPort: 8080                  | containerPort: 8081                     | the port http is not quarkus.http.port
          path: /q/health/live                 | path: /q/health/alive                   | asks for what is not served
          OPENDAMIR_ADMIN_TOKEN_FILE           | OPENDAMIR_ADMIN_TOKENFILE               | OPENDAMIR_ADMIN_TOKENFILE is no setting
          QUARKUS_SHUTDOWN_DELAY               | QUARKUS_SHUTDOWN_DELAYS                 | QUARKUS_SHUTDOWN_DELAYS is no setting
          opendamir-db-rw:5432                 | opendamir-db-rv:5432                    | there is no service opendamir-db-rv
          - serve                              | - server                                | the command is not understood
          secretName: opendamir-serving        | secretName: opendamir-servant           | nobody is told to create the secret opendamir-servant
          key: redis-url                       | key: redis                              | the secret opendamir-serving has no redis
          /run/secrets/serving/admin-token     | /run/secrets/serving/address-salt       | is not among what is mounted
          name: tmp\\n              mountPath  | name: temp\\n              mountPath    | there is no volume temp
          targetPort: redis                    | targetPort: rediss                      | no pod has the port rediss
          port: management\\n      path        | port: manager\\n      path              | no selected service has the port manager
          port: 6379\\n---                     | port: 6380\\n---                        | no selected pod has the port 6380
          memory: 768Mi                        | memory: 512Mi                           | requests more memory than its limit
          open-damir-api:0.1.0                 | open-damir-api:latest                   | has no version
          runAsNonRoot: true                   | runAsNonRoot: false                     | must run as a user of their own
          - ALL                                | - NET_RAW                               | keeps rights
          terminationGracePeriodSeconds: 80    | terminationGracePeriodSeconds: 60       | is killed before it has stopped
          enablePodMonitor                     | enablePodMonitoring                     | unknown field /spec/monitoring/enablePodMonitoring
          name: opendamir-settings\\ndata      | name: settings\\ndata                   | there is no ConfigMap opendamir-settings
          """)
  void aMistakeIsFound(String right, String wrong, String problem) throws IOException {
    String base = allOf(ROOT.resolve("base"));
    String changed = base.replace(unescaped(right), unescaped(wrong));
    assertThat(problems(Kustomization.documents(base))).isEmpty();
    assertThat(changed).isNotEqualTo(base);
    assertThat(problems(Kustomization.documents(changed))).anyMatch(p -> p.contains(problem));
  }

  @Test
  void sharesAreAsManyAsCompletions() throws IOException {
    List<ObjectNode> manifests = new ArrayList<>(render("overlays/production"));
    manifests.addAll(render("import"));
    ObjectNode job = manifests.get(manifests.size() - 1);
    ((ObjectNode) job.get("spec")).put("completions", 12);
    assertThat(problems(manifests)).singleElement().asString().contains("as many shares");
  }

  @Test
  void whatIsNotRenderedIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("kustomization.yaml");
    Files.writeString(file, "kind: Kustomization\nnamePrefix: my-\n");
    assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("namePrefix");
    Files.writeString(file, "resources: [a.yaml]\npatches: [{path: b.yaml}]\n");
    String pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: b}]}\n";
    Files.writeString(folder.resolve("a.yaml"), pod);
    Files.writeString(folder.resolve("b.yaml"), pod);
    assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("containers");
    Files.writeString(folder.resolve("b.yaml"), pod.replace("name: a", "name: c"));
    assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("not there");
  }

  private static List<ObjectNode> render(String folder) {
    return Kustomization.render(ROOT.resolve(folder));
  }

  private static List<String> problems(List<ObjectNode> manifests) throws IOException {
    Properties application = new Properties();
    try (InputStream in =
        KubernetesTest.class.getClassLoader().getResourceAsStream("application.properties")) {
      application.load(in);
    }
    return new ManifestCheck(manifests, application, SETTINGS, documentedSecrets()).problems();
  }

  private static Map<String, Set<String>> documentedSecrets() throws IOException {
    Map<String, Set<String>> secrets = new TreeMap<>();
    Matcher row = SECRET.matcher(Files.readString(ROOT.resolve("README.md")));
    while (row.find()) {
      secrets.put(
          row.group(1), new TreeSet<>(List.of(row.group(2).replace("`", "").split(", ", -1))));
    }
    return secrets;
  }

  private static String allOf(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (!file.endsWith("kustomization.yaml")) {
          text.append(Files.readString(file)).append("---\n");
        }
      }
    }
    return text.toString();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  private static List<ObjectNode> sorted(List<ObjectNode> manifests) {
    return manifests.stream()
        .sorted(
            Comparator.comparing(
                m -> m.get("kind").asText() + " " + m.at("/metadata/name").asText()))
        .toList();
  }

  private static boolean hasKustomize() throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder("kubectl", "version", "--client").redirectErrorStream(true).start();
      String told = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor() == 0
          && Pattern.compile("Kustomize Version: v([5-9]|\\d\\d)\\.").matcher(told).find();
    } catch (IOException e) {
      return false; // there is no kubectl
    }
  }
}
