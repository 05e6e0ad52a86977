package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether each door leads only where it should, for those whom it is for. */
final class DoorCheck {
  private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";
  private static final Set<String> MANAGEMENT = Set.of("management", "9000");
  private static final Pattern NETWORK = Pattern.compile("([0-9a-fA-F.:]+)/(\\d+)");
  private static final String TRUSTED = "OPENDAMIR_ACCESS_PROXIES_TRUSTED";
  private static final Pattern QUOTA =
      Pattern.compile("opendamir\\.access\\.plans\\.([a-z]+)\\.requests\\.quota");

  /** Larger networks than these hold more than an ingress controller. */
  private static final int SHORTEST_PREFIX_4 = 16;

  private static final int SHORTEST_PREFIX_6 = 48;

  private static final int STATEMENTS_SECONDS = 45;

  private final Findings found;
  private final Properties application;

  DoorCheck(Findings found, Properties application) {
    this.found = found;
    this.application = application;
  }

  void run() {
    found.all("Ingress").forEach(this::ingress);
    found.all("Service").forEach(this::service);
    found.all("NetworkPolicy").forEach(this::policy);
    found.workloads().forEach(this::workload);
    found.all("ConfigMap").forEach(map -> trusted(map, map.at("/data/" + TRUSTED)));
    Stream<ObjectNode> denying =
        found
            .all("NetworkPolicy")
            .filter(policy -> policy.at("/spec/podSelector").isEmpty())
            .filter(policy -> !policy.path("spec").has("ingress"))
            .filter(policy -> texts(policy.at("/spec/policyTypes")).contains("Ingress"));
    if (denying.findAny().isEmpty()) {
      found
          .workloads()
          .findFirst()
          .ifPresent(
              workload ->
                  found.report(workload.manifest(), "no policy keeps out whoever is not named"));
    }
  }

  private void ingress(ObjectNode ingress) {
    double rate = 0;
    double concurrency = 0;
    for (String name : application.stringPropertyNames()) {
      Matcher quota = QUOTA.matcher(name);
      if (quota.matches()) {
        String plan = "opendamir.access.plans." + quota.group(1) + ".";
        String window = application.getProperty(plan + "requests.window");
        rate =
            Math.max(
                rate,
                Double.parseDouble(application.getProperty(name))
                    / Double.parseDouble(window.replace("s", "")));
        concurrency =
            Math.max(
                concurrency, Double.parseDouble(application.getProperty(plan + "concurrency")));
      }
    }
    double body = kibibytes(application.getProperty("quarkus.http.limits.max-body-size"));
    limit(ingress, "proxy-body-size", body, 2 * body);
    limit(ingress, "limit-connections", concurrency, 4 * concurrency);
    limit(ingress, "limit-rps", rate, 4 * rate);
    limit(ingress, "proxy-connect-timeout", 1, 10);
    limit(ingress, "proxy-read-timeout", STATEMENTS_SECONDS, 120);
    limit(ingress, "proxy-send-timeout", 5, 120);
    for (JsonNode backend : ingress.findValues("backend")) {
      boolean leadsThere =
          found
              .all("Service")
              .filter(s -> s.at("/metadata/name").equals(backend.at("/service/name")))
              .flatMap(s -> ManifestCheck.elements(s.at("/spec/ports")))
              .filter(
                  port ->
                      port.path("name").equals(backend.at("/service/port/name"))
                          || port.path("port").equals(backend.at("/service/port/number")))
              .anyMatch(port -> isManagement(port.path("targetPort")));
      if (leadsThere) {
        found.report(ingress, "leads to the management port");
      }
    }
  }

  private void limit(ObjectNode ingress, String name, double least, double most) {
    String value = ingress.at("/metadata/annotations").path(ANNOTATION + name).asText();
    double number = value.isEmpty() ? 0 : kibibytes(value);
    if (number < least || number > most) {
      found.report(
          ingress, "%s is « %s », not between %.0f and %.0f".formatted(name, value, least, most));
    }
  }

  private static double kibibytes(String text) {
    return Double.parseDouble(text.replaceAll("[kK]$", ""));
  }

  private void service(ObjectNode service) {
    List<JsonNode> ports = ManifestCheck.elements(service.at("/spec/ports")).toList();
    if (ports.stream().anyMatch(port -> isManagement(port.path("targetPort")))
        && (ports.size() > 1
            || !service.at("/spec/type").asText("ClusterIP").equals("ClusterIP")
            || service.path("spec").has("externalIPs"))) {
      found.report(service, "tells others than the cluster of the management port");
    }
  }

  private void policy(ObjectNode policy) {
    JsonNode labels = policy.at("/spec/podSelector/matchLabels");
    boolean isOnManagement =
        found
            .workloads()
            .filter(workload -> workload.matches(labels))
            .anyMatch(workload -> workload.has("management"));
    for (JsonNode rule : policy.at("/spec/ingress")) {
      boolean opens =
          !rule.has("ports")
              || ManifestCheck.elements(rule.get("ports"))
                  .anyMatch(port -> isManagement(port.path("port")) || !port.has("port"));
      boolean isNarrow =
          rule.path("from").size() > 0
              && ManifestCheck.elements(rule.get("from"))
                  .allMatch(peer -> !peer.at("/podSelector/matchLabels").isEmpty());
      if (isOnManagement && opens && !isNarrow) {
        found.report(policy, "lets all pods of a namespace, or more, to the management port");
      }
    }
  }

  private void workload(Workload workload) {
    for (JsonNode container : workload.pod().path("containers")) {
      for (JsonNode variable : container.path("env")) {
        if (variable.path("name").asText().equals(TRUSTED)) {
          trusted(workload.manifest(), variable.path("value"));
        }
      }
      if (texts(container.path("args")).contains("serve")
          && found.isPublic()
          && found.variable(container, TRUSTED).isEmpty()) {
        found.report(workload.manifest(), "all readers are the ingress controller to it");
      }
      if (Workload.containerHas(container, "redis") && !hasPassword(container)) {
        found.report(workload.manifest(), "asks for no password, or tells it");
      }
    }
  }

  /** Whether the password is one, and comes from a secret. */
  private static boolean hasPassword(JsonNode container) {
    List<String> arguments = texts(container.path("args"));
    int at = arguments.indexOf("--requirepass");
    return at >= 0
        && ManifestCheck.elements(container.path("env"))
            .filter(variable -> variable.at("/valueFrom/secretKeyRef").isObject())
            .anyMatch(
                variable ->
                    arguments.get(at + 1).equals("$(" + variable.get("name").asText() + ")"));
  }

  private void trusted(ObjectNode manifest, JsonNode networks) {
    if (networks.isMissingNode() || Placeholders.isOne(networks.asText())) {
      return;
    }
    for (String network : networks.asText().split(",", -1)) {
      Matcher parts = NETWORK.matcher(network.strip());
      if (parts.matches()
          && Integer.parseInt(parts.group(2))
              < (parts.group(1).contains(":") ? SHORTEST_PREFIX_6 : SHORTEST_PREFIX_4)) {
        found.report(manifest, "believes a whole network about who asks: " + network.strip());
      }
    }
  }

  private static boolean isManagement(JsonNode port) {
    return MANAGEMENT.contains(port.asText());
  }

  private static List<String> texts(JsonNode array) {
    return ManifestCheck.elements(array).map(JsonNode::asText).toList();
  }
}
