package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * The differences between two contracts in what they say, not in how it is written: references are
 * resolved first, and neither the order of members nor that of {@code required} counts. A component
 * may be added, because what refers to it is compared in full.
 */
final class ContractDifference {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_VALUE = 120;

  private final List<String> differences = new ArrayList<>();

  private ContractDifference() {}

  /** One line for each place that differs; empty for contracts that say the same. */
  static List<String> between(JsonNode reference, JsonNode current) {
    ContractDifference difference = new ContractDifference();
    difference.compare("", normalForm(reference), normalForm(current));
    return difference.differences;
  }

  /** The document without references, its members sorted by name. */
  static JsonNode normalForm(JsonNode document) {
    return normalForm(document, document);
  }

  private static JsonNode normalForm(JsonNode node, JsonNode document) {
    if (node.path("$ref").isTextual()) {
      JsonNode target = document.at(node.path("$ref").asText().substring(1));
      if (target.isMissingNode()) {
        throw new IllegalArgumentException("dangling reference: " + node);
      }
      ObjectNode siblings = node.<ObjectNode>deepCopy().without("$ref");
      // A description beside the reference stands in place of the one of the component.
      return normalForm(target.<ObjectNode>deepCopy().setAll(siblings), document);
    }
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> members = new TreeMap<>();
      object
          .properties()
          .forEach(
              member ->
                  members.put(
                      member.getKey(),
                      isSet(member.getKey(), member.getValue())
                          ? sorted(member.getValue())
                          : normalForm(member.getValue(), document)));
      return JSON.createObjectNode().setAll(members);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode items = JSON.createArrayNode();
      array.forEach(item -> items.add(normalForm(item, document)));
      return items;
    }
    return node;
  }

  private static boolean isSet(String name, JsonNode value) {
    return name.equals("required") && value.isArray();
  }

  private static JsonNode sorted(JsonNode names) {
    ArrayNode sorted = JSON.createArrayNode();
    names.valueStream().map(JsonNode::asText).sorted().forEach(sorted::add);
    return sorted;
  }

  private void compare(String path, JsonNode reference, JsonNode current) {
    if (reference.isObject() && current.isObject()) {
      reference
          .properties()
          .forEach(
              member ->
                  compare(
                      path + "/" + member.getKey(),
                      member.getValue(),
                      current.path(member.getKey())));
      if (!isComponents(path)) {
        current
            .properties()
            .forEach(
                member -> {
                  if (!reference.has(member.getKey())) {
                    add(
                        path + "/" + member.getKey(),
                        reference.path(member.getKey()),
                        member.getValue());
                  }
                });
      }
    } else if (reference.isArray() && current.isArray() && reference.size() == current.size()) {
      Iterator<JsonNode> others = current.iterator();
      int position = 0;
      for (JsonNode item : reference) {
        compare(path + "/" + position++, item, others.next());
      }
    } else if (!reference.equals(current)) {
      add(path, reference, current);
    }
  }

  /** Whether components of one kind, or kinds of components, are the members. */
  private static boolean isComponents(String path) {
    return path.equals("/components")
        || (path.startsWith("/components/") && path.indexOf('/', "/components/".length()) < 0);
  }

  private void add(String path, JsonNode reference, JsonNode current) {
    differences.add(path + ": " + shown(reference) + " became " + shown(current));
  }

  private static String shown(JsonNode value) {
    if (value.isMissingNode()) {
      return "nothing";
    }
    String text = value.toString();
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }
}
