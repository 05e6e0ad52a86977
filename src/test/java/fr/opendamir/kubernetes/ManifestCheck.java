package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether the manifests of one cluster agree with each other and with the application. */
final class ManifestCheck {
  private static final String CLUSTER_LABEL = "cnpg.io/cluster";

  /**
   * Of PostgreSQL, of the operator's interface, of metrics: what CloudNativePG's pods listen on.
   */
  private static final Set<String> CLUSTER_PORTS = Set.of("5432", "8000", "9187");

  private static final Pattern HOST = Pattern.compile("^(?:jdbc:)?[a-z]+://([^:/]+)");

  private final List<ObjectNode> manifests;
  private final Properties application;
  private final SettingNames settings;
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
    this.found = new Findings(manifests, secrets);
    this.imageOptions = imageOptions;
    this.application = application;
    this.settings = settings;
    this.workloads = manifests.stream().flatMap(m -> Workload.of(m).stream()).toList();
  }

  List<String> problems() {
    for (ObjectNode manifest : manifests) {
      StrictManifest.problems(manifest).forEach(p -> found.report(manifest, p));
    }
    workloads.forEach(this::workload);
    found.all("Service").forEach(this::service);
    found.all("Ingress").forEach(this::ingress);
    found.all("NetworkPolicy").forEach(this::policy);
    found.all("ServiceMonitor").forEach(this::monitor);
    found.all("ConfigMap").forEach(this::configMap);
    found.all("Cluster").forEach(this::cluster);
    found.all("HorizontalPodAutoscaler").forEach(this::autoscaler);
    found.all("PodDisruptionBudget").forEach(this::disruptionBudget);
    new SizeCheck(found, imageOptions).run();
    new DoorCheck(found, application).run();
    return found.problems();
  }

  private void workload(Workload workload) {
    ObjectNode manifest = workload.manifest();
    JsonNode pod = workload.pod();
    if (!manifest.at("/spec/selector/matchLabels").isMissingNode()
        && !workload.matches(manifest.at("/spec/selector/matchLabels"))) {
      found.report(manifest, "the selector does not select the pods");
    }
    found.require(manifest, "ServiceAccount", pod.path("serviceAccountName").asText());
    JsonNode user = pod.path("securityContext");
    if (!user.path("runAsNonRoot").asBoolean()
        || user.path("runAsUser").asInt() == 0
        || !user.at("/seccompProfile/type").asText().equals("RuntimeDefault")) {
      found.report(
          manifest, "pods must run as a user of their own, with the default seccomp profile");
    }
    pod.path("volumes").forEach(volume -> volume(workload, volume));
    for (JsonNode container : pod.path("containers")) {
      new ContainerCheck(found, workload, container, application, settings).run();
    }
  }

  private void volume(Workload workload, JsonNode volume) {
    String name = volume.get("name").asText();
    boolean isMounted =
        elements(workload.pod().path("containers"))
            .flatMap(container -> elements(container.path("volumeMounts")))
            .anyMatch(mount -> mount.path("name").asText().equals(name));
    if (!isMounted) {
      found.report(workload.manifest(), "the volume " + name + " is not mounted");
    }
    if (volume.has("secret")) {
      String secret = volume.at("/secret/secretName").asText();
      elements(volume.at("/secret/items"))
          .forEach(item -> found.secret(workload.manifest(), secret, item.get("key").asText()));
      found.secret(workload.manifest(), secret, null);
    }
    if (volume.has("persistentVolumeClaim")) {
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      found.require(workload.manifest(), "PersistentVolumeClaim", claim);
    }
  }

  private void configMap(ObjectNode map) {
    map.path("data")
        .properties()
        .forEach(
            entry -> {
              if (!settings.knows(entry.getKey())) {
                found.report(map, entry.getKey() + " is no setting");
              }
              Matcher host = HOST.matcher(entry.getValue().asText());
              if (host.find() && !serviceNames().contains(host.group(1))) {
                found.report(map, "there is no service " + host.group(1));
              }
            });
  }

  private List<String> serviceNames() {
    List<String> names = new ArrayList<>(found.all("Service").map(ManifestCheck::name).toList());
    found
        .all("Cluster")
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
    ContainerCheck.image(found, cluster, cluster.at("/spec/imageName").asText());
    found.secret(cluster, cluster.at("/spec/bootstrap/initdb/secret/name").asText(), "password");
    for (JsonNode role : cluster.at("/spec/managed/roles")) {
      found.secret(cluster, role.at("/passwordSecret/name").asText(), "password");
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
      found.report(cluster, "memory does not fit its limit");
    }
  }

  private void service(ObjectNode service) {
    for (JsonNode port : service.at("/spec/ports")) {
      boolean isServed =
          selected(service.at("/spec/selector"))
              .anyMatch(w -> w.has(port.get("targetPort").asText()));
      if (!isServed) {
        found.report(service, "no pod has the port " + port.get("targetPort").asText());
      }
    }
  }

  private void ingress(ObjectNode ingress) {
    for (JsonNode backend : ingress.findValues("backend")) {
      String service = backend.at("/service/name").asText();
      JsonNode port = backend.at("/service/port/name");
      boolean isThere =
          found.find("Service", service).stream()
              .flatMap(found -> elements(found.at("/spec/ports")))
              .anyMatch(found -> found.path("name").equals(port));
      if (!isThere) {
        found.report(ingress, "there is no service " + service + " with the port " + port.asText());
      }
    }
    for (JsonNode tls : ingress.at("/spec/tls")) {
      found.secret(ingress, tls.get("secretName").asText(), null);
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
      found.report(policy, "selects no pod: " + labels);
    }
  }

  private void listens(ObjectNode policy, JsonNode selector, String port) {
    JsonNode labels = selector.path("matchLabels");
    boolean isThere =
        isCluster(labels)
            ? CLUSTER_PORTS.contains(port)
            : selected(labels).anyMatch(workload -> workload.has(port));
    if (!isThere) {
      found.report(policy, "no selected pod has the port " + port);
    }
  }

  private boolean isCluster(JsonNode labels) {
    return labels.has(CLUSTER_LABEL)
        && found.find("Cluster", labels.get(CLUSTER_LABEL).asText()).isPresent();
  }

  private void monitor(ObjectNode monitor) {
    for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
      boolean isThere =
          found
              .all("Service")
              .filter(
                  service ->
                      Workload.contains(
                          service.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels")))
              .flatMap(service -> elements(service.at("/spec/ports")))
              .anyMatch(port -> port.path("name").equals(endpoint.get("port")));
      if (!isThere) {
        found.report(monitor, "no selected service has the port " + endpoint.get("port").asText());
      }
    }
  }

  private void autoscaler(ObjectNode autoscaler) {
    JsonNode target = autoscaler.at("/spec/scaleTargetRef");
    found.require(autoscaler, target.path("kind").asText(), target.path("name").asText());
    if (autoscaler.at("/spec/minReplicas").asInt() > autoscaler.at("/spec/maxReplicas").asInt()) {
      found.report(autoscaler, "fewer replicas at most than at least");
    }
  }

  private void disruptionBudget(ObjectNode budget) {
    JsonNode labels = budget.at("/spec/selector/matchLabels");
    if (selected(labels).findAny().isEmpty()) {
      found.report(budget, "selects no pod");
    }
    int replicas =
        found.all("HorizontalPodAutoscaler").mapToInt(h -> h.at("/spec/minReplicas").asInt()).sum();
    if (budget.at("/spec/minAvailable").asInt() >= replicas) {
      found.report(budget, "lets no pod be moved");
    }
  }

  private Stream<Workload> selected(JsonNode labels) {
    return workloads.stream().filter(workload -> workload.matches(labels));
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
