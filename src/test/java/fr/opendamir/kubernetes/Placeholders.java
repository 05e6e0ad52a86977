package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only those who apply the manifests know: written {@code SET-THE-…}, so that neither a
 * cluster nor the service takes it, and found here before either is asked.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("SET-[A-Z-]+");

  private Placeholders() {}

  static boolean isOne(String text) {
    return PLACEHOLDER.matcher(text).matches();
  }

  /** What has to be set before the manifests can be applied. */
  static List<String> problems(List<ObjectNode> manifests) {
    List<String> problems = new ArrayList<>();
    for (ObjectNode manifest : manifests) {
      String name =
          manifest.path("kind").asText() + " " + manifest.at("/metadata/name").asText() + ": ";
      find(manifest, name, problems);
    }
    return problems;
  }

  private static void find(JsonNode node, String name, List<String> problems) {
    if (node.isTextual()) {
      Matcher placeholder = PLACEHOLDER.matcher(node.asText());
      if (placeholder.find()) {
        problems.add(name + placeholder.group() + " is still to be set");
      }
    }
    node.forEach(child -> find(child, name, problems));
  }
}
