package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A manifest that makes pods. */
record Workload(ObjectNode manifest, JsonNode labels, JsonNode pod) {
  static Optional<Workload> of(ObjectNode manifest) {
    JsonNode template =
        manifest.path("kind").asText().equals("CronJob")
            ? manifest.at("/spec/jobTemplate/spec/template")
            : manifest.at("/spec/template");
    return template.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Workload(manifest, template.at("/metadata/labels"), template.path("spec")));
  }

  boolean matches(JsonNode wanted) {
    return contains(labels, wanted);
  }

  /** Whether one of its containers has a port, by name or number. */
  boolean has(String port) {
    return ManifestCheck.elements(pod.path("containers")).anyMatch(c -> containerHas(c, port));
  }

  static boolean containerHas(JsonNode container, String port) {
    return ManifestCheck.elements(container.path("ports"))
        .anyMatch(
            p ->
                p.path("name").asText().equals(port)
                    || p.get("containerPort").asText().equals(port));
  }

  /** Whether a container runs the image of this application. */
  static boolean isOurs(JsonNode container) {
    return container.path("image").asText().matches("(.*/)?open-damir-api[:@].*");
  }

  static boolean contains(JsonNode labels, JsonNode wanted) {
    return wanted.properties().stream()
        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }
}
