package fr.opendamir.api.mcp;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.QuestionBound;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the tools declare: {@code tools.json}, in which texts that begin with {@code @} stand for
 * lists of the catalog and limits of the API.
 */
final class Declarations {
  private static final Map<String, JsonNode> VALUES =
      Map.ofEntries(
          entry("@measures", names(Arrays.stream(Measure.values()).map(Measure::id))),
          entry("@levels", names(Arrays.stream(Level.values()).map(Level::id))),
          entry(
              "@levels_with_codes",
              names(
                  Arrays.stream(Level.values())
                      .filter(level -> level.dimension() != Dimension.MONTH)
                      .map(Level::id))),
          entry(
              "@references",
              names(Arrays.stream(StandardPopulation.values()).map(StandardPopulation::id))),
          entry("@max_group_by", IntNode.valueOf(QuestionBound.GROUP_BY.most())),
          entry("@max_measures", IntNode.valueOf(QuestionBound.MEASURES.most())),
          entry("@max_search", IntNode.valueOf(LabelSearch.LONGEST)),
          entry("@max_searches", IntNode.valueOf(FindCodesTool.MOST_SEARCHES)),
          entry("@max_rows", IntNode.valueOf(SpendingQuestion.MOST_ROWS)),
          entry("@usual_rows", IntNode.valueOf(SpendingQuestion.USUAL_ROWS)),
          entry("@lang", lang()),
          entry("@months", months()));

  private static final ArrayNode TOOLS = read();

  private Declarations() {}

  /** The declarations of all tools, in the order in which clients list them. */
  static ArrayNode tools() {
    return TOOLS.deepCopy();
  }

  private static ArrayNode read() {
    try {
      ArrayNode tools = (ArrayNode) filled(Json.MAPPER.readTree(Json.resource("tools.json")));
      tools.forEach(
          tool ->
              ((ObjectNode) tool)
                  .putObject("annotations")
                  .put("readOnlyHint", true)
                  .put("idempotentHint", true)
                  .put("openWorldHint", false));
      return tools;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("tools.json is not valid", e);
    }
  }

  private static JsonNode filled(JsonNode node) {
    if (node.isTextual() && node.textValue().startsWith("@")) {
      JsonNode value = VALUES.get(node.textValue());
      if (value == null) {
        throw new IllegalStateException("tools.json: there is no " + node.textValue());
      }
      return value;
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(member -> member.setValue(filled(member.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, filled(array.get(i)));
      }
    }
    return node;
  }

  private static ArrayNode names(Stream<String> names) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    names.forEach(array::add);
    return array;
  }

  private static ObjectNode lang() {
    ObjectNode lang = Json.object().put("type", "string");
    lang.set("enum", names(Arrays.stream(Language.values()).map(Language::id)));
    return lang.put("default", Language.EN.id()).put("description", "Language of labels and texts");
  }

  private static ObjectNode months() {
    ObjectNode months = Json.object().put("type", "object");
    ObjectNode properties = months.putObject("properties");
    properties.putObject("first").put("type", "string");
    properties.putObject("last").put("type", "string");
    properties.putObject("count").put("type", "integer");
    return months;
  }
}
