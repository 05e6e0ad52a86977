package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders the part of kustomize that {@code k8s/} uses, so that its check needs no other program:
 * resources, strategic merge patches that merge nothing but maps, images, labels, namespace.
 * Whatever else a kustomization holds is refused.
 */
final class Kustomization {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "namespace", "labels", "resources", "images", "patches");

  /** Lists of these are merged by their names, which is not done here. */
  private static final Set<String> MERGED_LISTS =
      Set.of("containers", "initContainers", "volumes", "env", "volumeMounts", "ports");

  private final Path folder;

  private Kustomization(Path folder) {
    this.folder = folder;
  }

  /** The manifests of a folder with a {@code kustomization.yaml}. */
  static List<ObjectNode> render(Path folder) {
    return new Kustomization(folder).render();
  }

  /** The documents of a text. */
  static List<ObjectNode> documents(String yaml) {
    List<ObjectNode> found = new ArrayList<>();
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (values.hasNext()) {
        if (values.next() instanceof ObjectNode manifest) {
          found.add(manifest);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private List<ObjectNode> render() {
    ObjectNode file = read(folder.resolve("kustomization.yaml")).get(0);
    for (Map.Entry<String, JsonNode> field : file.properties()) {
      if (!KNOWN.contains(field.getKey())) {
        throw new IllegalArgumentException(folder + " uses " + field.getKey() + ", not rendered");
      }
    }
    List<ObjectNode> manifests = new ArrayList<>();
    for (JsonNode resource : file.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      manifests.addAll(Files.isDirectory(path) ? render(path) : read(path));
    }
    for (JsonNode patch : file.path("patches")) {
      read(folder.resolve(patch.get("path").asText())).forEach(p -> apply(manifests, p));
    }
    for (ObjectNode manifest : manifests) {
      if (file.has("namespace") && !manifest.path("kind").asText().equals("Namespace")) {
        metadata(manifest).set("namespace", file.get("namespace"));
      }
      for (JsonNode labels : file.path("labels")) {
        metadata(manifest).withObjectProperty("labels").setAll((ObjectNode) labels.get("pairs"));
      }
      file.path("images").forEach(image -> setImage(manifest, image));
    }
    return manifests;
  }

  private static ObjectNode metadata(ObjectNode manifest) {
    return (ObjectNode) manifest.get("metadata");
  }

  private static List<ObjectNode> read(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply(List<ObjectNode> manifests, ObjectNode patch) {
    ObjectNode target =
        manifests.stream()
            .filter(
                m ->
                    m.get("kind").equals(patch.get("kind"))
                        && m.get("apiVersion").equals(patch.get("apiVersion"))
                        && m.at("/metadata/name").equals(patch.at("/metadata/name")))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(folder + " patches what is not there: " + patch));
    merge(target, patch);
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if ((MERGED_LISTS.contains(name) && value.isArray()) || name.startsWith("$")) {
        throw new IllegalArgumentException("a patch of " + name + " is not rendered");
      }
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode map && target.get(name) instanceof ObjectNode old) {
        merge(old, map);
      } else {
        target.set(name, value);
      }
    }
  }

  private static void setImage(JsonNode node, JsonNode image) {
    if (node instanceof ObjectNode map && map.path("image").isTextual()) {
      String[] old = map.get("image").asText().split("[:@]", 2);
      if (old[0].equals(image.get("name").asText())) {
        String name = image.path("newName").asText(old[0]);
        String tag = image.has("newTag") || !image.has("digest") ? ":" + old[1] : "";
        if (image.has("newTag")) {
          tag = ":" + image.get("newTag").asText();
        }
        map.put(
            "image", name + tag + (image.has("digest") ? "@" + image.get("digest").asText() : ""));
      }
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      setImage(children.next(), image);
    }
  }
}
