package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.cli.CommandLines;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ParameterException;

/** Whether the manifests of one cluster agree with each other and with the application. */
final class ManifestCheck {
  /** What SmallRye Health serves, where nobody moves it. */
  private static final Set<String> PROBES =
      Set.of("/q/health/started", "/q/health/live", "/q/health/ready");

  private static final Pattern DIGEST =
      Pattern.compile(".+:[^/:@]+@sha256:([0-9a-f]{64}|(SET-[A-Z-]+))");

  private static final String CLUSTER_LABEL = "cnpg.io/cluster";

  /**
   * Of PostgreSQL, of the operator's interface, of metrics: what CloudNativePG's pods listen on.
   */
  private static final Set<String> CLUSTER_PORTS = Set.of("5432", "8000", "9187");

  private static final Pattern INDEX = Pattern.compile("\\$\\(JOB_COMPLETION_INDEX\\)/(\\d+)");
  private static final Pattern HOST = Pattern.compile("^(?:jdbc:)?[a-z]+://([^:/]+)");
  private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

  private final List<ObjectNode> manifests;
  private final Properties application;
  private final SettingNames settings;
  private final Map<String, Set<String>> secrets;
  private final List<Workload> workloads;
  private final Findings found;
  private final List<String> imageOptions;

  /**
   * Prepares a check.
   *
   * @param manifests all that are applied to one cluster
   * @param application its defaults
   * @param secrets the names of those that people are told to create, with their keys
   * @param imageOptions what the image's entry point tells the JVM
   */
  ManifestCheck(
      List<ObjectNode> manifests,
      Properties application,
      SettingNames settings,
      Map<String, Set<String>> secrets,
      List<String> imageOptions) {
    this.manifests = manifests;
    this.found = new Findings(manifests);
    this.imageOptions = imageOptions;
    this.application = application;
    this.settings = settings;
    this.secrets = secrets;
    this.workloads = manifests.stream().flatMap(m -> Workload.of(m).stream()).toList();
  }

  List<String> problems() {
    for (ObjectNode manifest : manifests) {
      StrictManifest.problems(manifest).forEach(p -> report(manifest, p));
    }
    workloads.forEach(this::workload);
    all("Service").forEach(this::service);
    all("Ingress").forEach(this::ingress);
    all("NetworkPolicy").forEach(this::policy);
    all("ServiceMonitor").forEach(this::monitor);
    all("ConfigMap").forEach(this::configMap);
    all("Cluster").forEach(this::cluster);
    all("HorizontalPodAutoscaler").forEach(this::autoscaler);
    all("PodDisruptionBudget").forEach(this::disruptionBudget);
    new SizeCheck(found, imageOptions).run();
    new DoorCheck(found, application).run();
    return found.problems();
  }

  private void workload(Workload workload) {
    ObjectNode manifest = workload.manifest();
    JsonNode pod = workload.pod();
    if (!manifest.at("/spec/selector/matchLabels").isMissingNode()
        && !workload.matches(manifest.at("/spec/selector/matchLabels"))) {
      report(manifest, "the selector does not select the pods");
    }
    require(manifest, "ServiceAccount", pod.path("serviceAccountName").asText());
    JsonNode user = pod.path("securityContext");
    if (!user.path("runAsNonRoot").asBoolean()
        || user.path("runAsUser").asInt() == 0
        || !user.at("/seccompProfile/type").asText().equals("RuntimeDefault")) {
      report(manifest, "pods must run as a user of their own, with the default seccomp profile");
    }
    pod.path("volumes").forEach(volume -> volume(workload, volume));
    for (JsonNode container : pod.path("containers")) {
      new ContainerCheck(workload, container).run();
    }
  }

  private void volume(Workload workload, JsonNode volume) {
    String name = volume.get("name").asText();
    boolean isMounted =
        elements(workload.pod().path("containers"))
            .flatMap(container -> elements(container.path("volumeMounts")))
            .anyMatch(mount -> mount.path("name").asText().equals(name));
    if (!isMounted) {
      report(workload.manifest(), "the volume " + name + " is not mounted");
    }
    if (volume.has("secret")) {
      String secret = volume.at("/secret/secretName").asText();
      elements(volume.at("/secret/items"))
          .forEach(item -> secret(workload.manifest(), secret, item.get("key").asText()));
      secret(workload.manifest(), secret, null);
    }
    if (volume.has("persistentVolumeClaim")) {
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      require(workload.manifest(), "PersistentVolumeClaim", claim);
    }
  }

  private void secret(ObjectNode manifest, String name, String key) {
    if (!secrets.containsKey(name)) {
      report(manifest, "nobody is told to create the secret " + name);
    } else if (key != null && !secrets.get(name).contains(key)) {
      report(manifest, "the secret " + name + " has no " + key);
    }
  }

  /** What readers reach runs the very bytes that somebody looked at, whatever a tag means later. */
  private void image(ObjectNode manifest, String image) {
    if (!image.matches(".+:[^/:@]+(@.+)?") || image.matches(".+:latest(@.+)?")) {
      report(manifest, "the image " + image + " has no version");
    } else if (found.isPublic() && !DIGEST.matcher(image).matches()) {
      report(manifest, "the image " + image + " has no digest");
    }
  }

  /** One container of a workload. */
  private final class ContainerCheck {
    private final Workload workload;
    private final ObjectNode manifest;
    private final JsonNode container;

    ContainerCheck(Workload workload, JsonNode container) {
      this.workload = workload;
      this.manifest = workload.manifest();
      this.container = container;
    }

    void run() {
      String image = container.path("image").asText();
      image(manifest, image);
      JsonNode rights = container.path("securityContext");
      if (!rights.path("readOnlyRootFilesystem").asBoolean()
          || rights.path("allowPrivilegeEscalation").asBoolean(true)
          || !rights.at("/capabilities/drop/0").asText().equals("ALL")) {
        report(manifest, "a container keeps rights that it does not need");
      }
      resources();
      for (JsonNode mount : container.path("volumeMounts")) {
        boolean isThere =
            elements(workload.pod().path("volumes"))
                .anyMatch(volume -> volume.get("name").equals(mount.get("name")));
        if (!isThere) {
          report(manifest, "there is no volume " + mount.get("name").asText());
        }
      }
      Stream.of("startupProbe", "livenessProbe", "readinessProbe").forEach(this::probe);
      container.path("env").forEach(this::secretVariable);
      if (Workload.isOurs(container)) {
        ports();
        variables();
        arguments();
      }
    }

    private void resources() {
      JsonNode requests = container.at("/resources/requests");
      JsonNode limits = container.at("/resources/limits");
      if (!requests.has("cpu") || !requests.has("memory") || !limits.has("memory")) {
        report(manifest, "a container does not say what it takes");
      }
      requests
          .properties()
          .forEach(
              request -> {
                JsonNode limit = limits.path(request.getKey());
                if (!limit.isMissingNode() && amount(request.getValue()) > amount(limit)) {
                  report(manifest, "requests more " + request.getKey() + " than its limit");
                }
              });
    }

    private void probe(String name) {
      JsonNode probe = container.path(name);
      if (probe.isMissingNode()) {
        return;
      }
      JsonNode action = probe.has("httpGet") ? probe.get("httpGet") : probe.path("tcpSocket");
      String port = action.path("port").asText();
      if (!Workload.containerHas(container, port)) {
        report(manifest, name + " asks a port that is not there: " + port);
      }
      if (probe.has("httpGet")
          && !(PROBES.contains(action.path("path").asText()) && port.equals("management"))) {
        report(manifest, name + " asks for what is not served: " + action);
      }
    }

    private void ports() {
      for (JsonNode port : container.path("ports")) {
        String name = port.path("name").asText();
        String setting = name.equals("http") ? "quarkus.http.port" : "quarkus.management.port";
        if (!port.get("containerPort").asText().equals(application.getProperty(setting))) {
          report(manifest, "the port " + name + " is not " + setting);
        }
      }
    }

    private void variables() {
      for (JsonNode source : container.path("envFrom")) {
        require(manifest, "ConfigMap", source.at("/configMapRef/name").asText());
      }
      for (JsonNode variable : container.path("env")) {
        String name = variable.get("name").asText();
        if (!settings.knows(name)) {
          report(manifest, name + " is no setting");
        }
        if (name.endsWith("_FILE")) {
          mountedSecret(variable.path("value").asText());
        }
      }
    }

    private void secretVariable(JsonNode variable) {
      JsonNode reference = variable.at("/valueFrom/secretKeyRef");
      if (!reference.isMissingNode()) {
        secret(manifest, reference.get("name").asText(), reference.get("key").asText());
      }
    }

    private void mountedSecret(String file) {
      for (JsonNode mount : container.path("volumeMounts")) {
        String folder = mount.get("mountPath").asText() + "/";
        if (file.startsWith(folder)) {
          String key = file.substring(folder.length());
          for (JsonNode volume : workload.pod().path("volumes")) {
            if (volume.get("name").equals(mount.get("name"))) {
              secret(manifest, volume.at("/secret/secretName").asText(), key);
              boolean isLeftOut =
                  volume.at("/secret/items").isArray()
                      && elements(volume.at("/secret/items"))
                          .noneMatch(item -> item.get("path").asText().equals(key));
              if (isLeftOut) {
                report(manifest, file + " is not among what is mounted");
              }
              return;
            }
          }
        }
      }
      report(manifest, file + " is in no mounted secret");
    }

    private void arguments() {
      List<String> arguments = elements(container.path("args")).map(JsonNode::asText).toList();
      List<String> expanded = new ArrayList<>();
      for (String argument : arguments) {
        Matcher index = INDEX.matcher(argument);
        if (index.matches()) {
          if (!index.group(1).equals(manifest.at("/spec/completions").asText())
              || !manifest.at("/spec/completionMode").asText().equals("Indexed")) {
            report(manifest, "there are not as many shares as completions: " + argument);
          }
          expanded.add("0/" + index.group(1));
        } else {
          expanded.add(argument);
        }
      }
      try {
        CommandLines.parse(expanded.toArray(String[]::new));
      } catch (ParameterException e) {
        report(manifest, "the command is not understood: " + e.getMessage());
      }
      if (arguments.contains("serve")) {
        int stopping = seconds("QUARKUS_SHUTDOWN_DELAY") + seconds("QUARKUS_SHUTDOWN_TIMEOUT");
        if (workload.pod().path("terminationGracePeriodSeconds").asInt() < stopping + 15) {
          report(manifest, "is killed before it has stopped by itself");
        }
      }
    }

    private int seconds(String variable) {
      for (JsonNode source : container.path("envFrom")) {
        String name = source.at("/configMapRef/name").asText();
        Matcher value =
            SECONDS.matcher(
                find("ConfigMap", name).map(m -> m.at("/data/" + variable).asText()).orElse(""));
        if (value.matches()) {
          return Integer.parseInt(value.group(1));
        }
      }
      return 0;
    }
  }

  private void configMap(ObjectNode map) {
    map.path("data")
        .properties()
        .forEach(
            entry -> {
              if (!settings.knows(entry.getKey())) {
                report(map, entry.getKey() + " is no setting");
              }
              Matcher host = HOST.matcher(entry.getValue().asText());
              if (host.find() && !serviceNames().contains(host.group(1))) {
                report(map, "there is no service " + host.group(1));
              }
            });
  }

  private List<String> serviceNames() {
    List<String> names = new ArrayList<>(all("Service").map(ManifestCheck::name).toList());
    all("Cluster")
        .forEach(
            cluster -> {
              names.add(name(cluster) + "-rw");
              if (cluster.at("/spec/instances").asInt() > 1) {
                names.add(name(cluster) + "-ro");
              }
            });
    return names;
  }

  private void cluster(ObjectNode cluster) {
    image(cluster, cluster.at("/spec/imageName").asText());
    secret(cluster, cluster.at("/spec/bootstrap/initdb/secret/name").asText(), "password");
    for (JsonNode role : cluster.at("/spec/managed/roles")) {
      secret(cluster, role.at("/passwordSecret/name").asText(), "password");
    }
    JsonNode request = cluster.at("/spec/resources/requests/memory");
    JsonNode limit = cluster.at("/spec/resources/limits/memory");
    JsonNode buffers = cluster.at("/spec/postgresql/parameters/shared_buffers");
    if (amount(request) > amount(limit)
        || amount(limit)
            < 2
                * Quantity.parse(buffers.asText().replace("B", "i"))
                    .getNumericalAmount()
                    .doubleValue()) {
      report(cluster, "memory does not fit its limit");
    }
  }

  private void service(ObjectNode service) {
    for (JsonNode port : service.at("/spec/ports")) {
      boolean isServed =
          selected(service.at("/spec/selector"))
              .anyMatch(w -> w.has(port.get("targetPort").asText()));
      if (!isServed) {
        report(service, "no pod has the port " + port.get("targetPort").asText());
      }
    }
  }

  private void ingress(ObjectNode ingress) {
    for (JsonNode backend : ingress.findValues("backend")) {
      String service = backend.at("/service/name").asText();
      JsonNode port = backend.at("/service/port/name");
      boolean isThere =
          find("Service", service).stream()
              .flatMap(found -> elements(found.at("/spec/ports")))
              .anyMatch(found -> found.path("name").equals(port));
      if (!isThere) {
        report(ingress, "there is no service " + service + " with the port " + port.asText());
      }
    }
    for (JsonNode tls : ingress.at("/spec/tls")) {
      secret(ingress, tls.get("secretName").asText(), null);
    }
  }

  private void policy(ObjectNode policy) {
    JsonNode selector = policy.at("/spec/podSelector");
    selects(policy, selector);
    for (JsonNode rule : policy.at("/spec/ingress")) {
      // Pods of other namespaces are in no manifest here.
      elements(rule.path("from"))
          .filter(peer -> !peer.has("namespaceSelector"))
          .forEach(peer -> selects(policy, peer.path("podSelector")));
      rule.path("ports").forEach(port -> listens(policy, selector, port.get("port").asText()));
    }
    for (JsonNode rule : policy.at("/spec/egress")) {
      for (JsonNode peer : rule.path("to")) {
        if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
          selects(policy, peer.get("podSelector"));
          rule.path("ports")
              .forEach(port -> listens(policy, peer.get("podSelector"), port.get("port").asText()));
        }
      }
    }
  }

  private void selects(ObjectNode policy, JsonNode selector) {
    JsonNode labels = selector.path("matchLabels");
    if (!labels.isMissingNode() && !isCluster(labels) && selected(labels).findAny().isEmpty()) {
      report(policy, "selects no pod: " + labels);
    }
  }

  private void listens(ObjectNode policy, JsonNode selector, String port) {
    JsonNode labels = selector.path("matchLabels");
    boolean isThere =
        isCluster(labels)
            ? CLUSTER_PORTS.contains(port)
            : selected(labels).anyMatch(workload -> workload.has(port));
    if (!isThere) {
      report(policy, "no selected pod has the port " + port);
    }
  }

  private boolean isCluster(JsonNode labels) {
    return labels.has(CLUSTER_LABEL)
        && find("Cluster", labels.get(CLUSTER_LABEL).asText()).isPresent();
  }

  private void monitor(ObjectNode monitor) {
    for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
      boolean isThere =
          all("Service")
              .filter(
                  service ->
                      Workload.contains(
                          service.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels")))
              .flatMap(service -> elements(service.at("/spec/ports")))
              .anyMatch(port -> port.path("name").equals(endpoint.get("port")));
      if (!isThere) {
        report(monitor, "no selected service has the port " + endpoint.get("port").asText());
      }
    }
  }

  private void autoscaler(ObjectNode autoscaler) {
    JsonNode target = autoscaler.at("/spec/scaleTargetRef");
    require(autoscaler, target.path("kind").asText(), target.path("name").asText());
    if (autoscaler.at("/spec/minReplicas").asInt() > autoscaler.at("/spec/maxReplicas").asInt()) {
      report(autoscaler, "fewer replicas at most than at least");
    }
  }

  private void disruptionBudget(ObjectNode budget) {
    JsonNode labels = budget.at("/spec/selector/matchLabels");
    if (selected(labels).findAny().isEmpty()) {
      report(budget, "selects no pod");
    }
    int replicas =
        all("HorizontalPodAutoscaler").mapToInt(h -> h.at("/spec/minReplicas").asInt()).sum();
    if (budget.at("/spec/minAvailable").asInt() >= replicas) {
      report(budget, "lets no pod be moved");
    }
  }

  private Stream<Workload> selected(JsonNode labels) {
    return workloads.stream().filter(workload -> workload.matches(labels));
  }

  private void require(ObjectNode manifest, String kind, String name) {
    if (find(kind, name).isEmpty()) {
      report(manifest, "there is no " + kind + " " + name);
    }
  }

  private Optional<ObjectNode> find(String kind, String name) {
    return all(kind).filter(manifest -> name(manifest).equals(name)).findFirst();
  }

  private Stream<ObjectNode> all(String kind) {
    return manifests.stream().filter(manifest -> manifest.path("kind").asText().equals(kind));
  }

  private void report(ObjectNode manifest, String problem) {
    found.report(manifest, problem);
  }

  private static String name(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  private static double amount(JsonNode quantity) {
    return Quantity.parse(quantity.asText()).getNumericalAmount().doubleValue();
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
