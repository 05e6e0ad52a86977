package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The manifests of one cluster, and what is wrong with them. */
final class Findings {
  private final List<ObjectNode> manifests;
  private final Map<String, Set<String>> secrets;
  private final List<String> problems = new ArrayList<>();

  Findings(List<ObjectNode> manifests, Map<String, Set<String>> secrets) {
    this.manifests = manifests;
    this.secrets = secrets;
  }

  Stream<ObjectNode> all(String kind) {
    return manifests.stream().filter(manifest -> manifest.path("kind").asText().equals(kind));
  }

  Stream<Workload> workloads() {
    return manifests.stream().flatMap(manifest -> Workload.of(manifest).stream());
  }

  Optional<ObjectNode> find(String kind, String name) {
    return all(kind).filter(m -> m.at("/metadata/name").asText().equals(name)).findFirst();
  }

  void require(ObjectNode manifest, String kind, String name) {
    if (find(kind, name).isEmpty()) {
      report(manifest, "there is no " + kind + " " + name);
    }
  }

  /** A secret that a manifest uses; without a key, whatever it holds. */
  void secret(ObjectNode manifest, String name, String key) {
    if (!secrets.containsKey(name)) {
      report(manifest, "nobody is told to create the secret " + name);
    } else if (key != null && !secrets.get(name).contains(key)) {
      report(manifest, "the secret " + name + " has no " + key);
    }
  }

  void report(ObjectNode manifest, String problem) {
    problems.add(
        manifest.path("kind").asText()
            + " "
            + manifest.at("/metadata/name").asText()
            + ": "
            + problem);
  }

  List<String> problems() {
    return problems;
  }

  /** The value of a variable of a container, from its own list or the settings it takes whole. */
  Optional<String> variable(JsonNode container, String name) {
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals(name) && variable.has("value")) {
        return Optional.of(variable.get("value").asText());
      }
    }
    return ManifestCheck.elements(container.path("envFrom"))
        .map(source -> source.at("/configMapRef/name").asText())
        .flatMap(map -> find("ConfigMap", map).stream())
        .map(map -> map.at("/data/" + name))
        .filter(value -> !value.isMissingNode())
        .map(JsonNode::asText)
        .findFirst();
  }

  /** Whether readers reach it from outside: whoever develops has no certificate. */
  boolean isPublic() {
    return all("Ingress").anyMatch(ingress -> ingress.at("/spec/tls").isArray());
  }

  /** A quantity in MiB, 0 for none. */
  static double mebibytes(JsonNode quantity) {
    return quantity.isMissingNode()
        ? 0
        : Quantity.parse(quantity.asText()).getNumericalAmount().doubleValue() / (1 << 20);
  }
}
