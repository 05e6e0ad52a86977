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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
          memory: 1408Mi                       | memory: 512Mi                           | requests more memory than its limit
          memory: 1408Mi                       | memory: 1344Mi                          | may take 1331 MiB of memory, more than its limit of 1344
          -Xmx384m                             | -Xmx768m                                | may take 1715 MiB of memory
          COLUMNS_MEMORY_MB: "256"             | COLUMNS_MEMORY_MB: "512"                | may take 1638 MiB of memory
          value: "300"                         | value: "600"                            | may take 1328 MiB of memory
          sizeLimit: 12Gi                      | sizeLimit: 6Gi                          | the volume of segments has 6144 MiB, and may need 10296
          COLUMNS_SPILL_MB: "4096"             | COLUMNS_SPILL_MB: "8192"                | the volume of segments has 12288 MiB, and may need 14392
          mountPath: /segments                 | mountPath: /var/segments                | the volume of segments has 0 MiB
          memory: 160Mi                        | memory: 128Mi                           | may take 144 MiB of memory
          - --maxmemory\\n                     | - --maxmemory-clients\\n                | nothing bounds the memory of a container
              ephemeral-storage: 12800Mi       | emphemeral: 12800Mi                     | does not say what it takes of the disk
          ephemeral-storage: 12800Mi           | ephemeral-storage: 12288Mi              | is evicted before its volumes
              temporaryData: 1Gi               | other: 1Gi                              | does not say what it takes of the disk
          emptyDir:\\n            sizeLimit: 256Mi | emptyDir: {}                        | the volume tmp has no limit
          - --requirepass\\n            - $(REDIS_PASSWORD) | - --protected-mode\\n            - "no" | asks for no password
          - $(REDIS_PASSWORD)                  | - secret                                | asks for no password, or tells it
          name: opendamir-redis\\n                  key | name: redis\\n                  key | nobody is told to create the secret redis
          OPENDAMIR_DEMO_ENABLED: "false"      | OPENDAMIR_ACCESS_PROXIES_TRUSTED: 10.0.0.0/8 | believes a whole network about who asks: 10.0.0.0/8
          app.kubernetes.io/name: prometheus\\n      ports:\\n        - protocol: TCP\\n          port: management | {}\\n      ports:\\n        - protocol: TCP\\n          port: management | lets all pods of a namespace
          policyTypes:\\n    - Ingress\\n    - Egress\\n--- | policyTypes:\\n    - Egress\\n--- | no policy keeps out
          type: ClusterIP                      | type: LoadBalancer                      | tells others than the cluster of the management port
          targetPort: http                     | targetPort: management                  | leads to the management port
          name: opendamir\\n                port:\\n                  name: http | name: opendamir-management\\n                port:\\n                  name: management | leads to the management port
          proxy-body-size: 72k                 | proxy-body-size: 1000k                  | proxy-body-size is « 1000k », not between 64 and 128
          limit-rps: "1000"                    | limit-rps: "10"                         | limit-rps is « 10 »
          limit-connections: "100"             | limit-connections: "0"                  | limit-connections is « 0 »
          proxy-read-timeout: "60"             | proxy-read-timeout: "3600"              | proxy-read-timeout is « 3600 »
          proxy-send-timeout                   | proxy-sent-timeout                      | proxy-send-timeout is «  »
          proxy-connect-timeout: "2"           | proxy-connect-timeout: "60"             | proxy-connect-timeout is « 60 »
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          open-damir-api:0.1.0@sha256:SET-THE-DIGEST-OF-YOUR-IMAGE | open-damir-api:0.1.0        | the image registry.example.org/open-damir-api:0.1.0 has no digest
          redis:7.4-alpine@sha256:SET-THE-DIGEST-OF-REDIS          | redis:7.4-alpine            | redis:7.4-alpine has no digest
          redis:7.4-alpine@sha256:SET-THE-DIGEST-OF-REDIS          | redis:7.4-alpine@sha256:12  | has no digest
          postgresql:18.6@sha256:SET-THE-DIGEST-OF-POSTGRESQL      | postgresql:18.6             | postgresql:18.6 has no digest
          OPENDAMIR_ACCESS_PROXIES_TRUSTED                         | OPENDAMIR_ACCESS_PROXIES_HEADER | all readers are the ingress controller
          SET-THE-NETWORK-OF-THE-INGRESS-CONTROLLER                | fd00::/8                    | believes a whole network about who asks: fd00::/8
          "value":"-Xmx1024m"                                      | "value":"-Xmx2g"            | may take 3757 MiB
          """)
  void aMistakeInProductionIsFound(String right, String wrong, String problem) throws IOException {
    StringBuilder json = new StringBuilder();
    render("overlays/production").forEach(m -> json.append("---\n").append(m).append('\n'));
    String production = json.toString();
    assertThat(problems(Kustomization.documents(production))).isEmpty();
    assertThat(production).contains(right);
    assertThat(problems(Kustomization.documents(production.replace(right, wrong))))
        .anyMatch(p -> p.contains(problem));
  }

  /** And nothing else: development can be applied as it is. */
  @Test
  void whatOnlyTheClusterKnowsIsStillToBeSet() {
    assertThat(Placeholders.problems(render("overlays/development"))).isEmpty();
    assertThat(Placeholders.problems(render("import")))
        .containsExactly(
            "Job opendamir-import-many: SET-THE-DIGEST-OF-YOUR-IMAGE is still to be set");
    assertThat(Placeholders.problems(render("overlays/production")))
        .containsExactlyInAnyOrder(
            "Deployment opendamir: SET-THE-DIGEST-OF-YOUR-IMAGE is still to be set",
            "Job opendamir-migrate: SET-THE-DIGEST-OF-YOUR-IMAGE is still to be set",
            "CronJob opendamir-fetch: SET-THE-DIGEST-OF-YOUR-IMAGE is still to be set",
            "CronJob opendamir-fetch: SET-THE-CONTACT-OF-YOUR-OPERATORS is still to be set",
            "CronJob opendamir-import: SET-THE-DIGEST-OF-YOUR-IMAGE is still to be set",
            "Deployment opendamir-redis: SET-THE-DIGEST-OF-REDIS is still to be set",
            "Cluster opendamir-db: SET-THE-DIGEST-OF-POSTGRESQL is still to be set",
            "ConfigMap opendamir-serving-settings: SET-THE-NETWORK-OF-THE-INGRESS-CONTROLLER"
                + " is still to be set");
  }

  /** {@code mvn test -Dtest=KubernetesTest -Dk8s.overlay=FOLDER}, before it is applied. */
  @Test
  @EnabledIfSystemProperty(named = "k8s.overlay", matches = ".+")
  void theOverlayThatIsNamedCanBeApplied() throws IOException {
    List<ObjectNode> manifests =
        Kustomization.render(Path.of(System.getProperty("k8s.overlay")).normalize());
    assertThat(problems(manifests)).isEmpty();
    assertThat(Placeholders.problems(manifests)).isEmpty();
  }

  @Test
  void peopleAreToldToGiveRedisItsPassword() throws IOException {
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("redis-url=\"redis://:$REDIS_PASSWORD@opendamir-redis:6379/0\"")
        .contains(
            "create secret generic opendamir-redis --from-literal password=\"$REDIS_PASSWORD\"");
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
    return new ManifestCheck(manifests, application, SETTINGS, documentedSecrets(), imageOptions())
        .problems();
  }

  /** Of the Containerfile, which ContainerfileTest compares with what Jib makes. */
  private static List<String> imageOptions() throws IOException {
    return Pattern.compile("\"(-X[^\"]+)\"")
        .matcher(Files.readString(Path.of("Containerfile")))
        .results()
        .map(option -> option.group(1))
        .toList();
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
