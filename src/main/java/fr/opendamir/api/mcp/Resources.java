package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Measure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The resources that agents read: a guide, and what each measure means. */
@ApplicationScoped
class Resources {
  private static final String GUIDE = "damir://guide";
  private static final String MEASURES = "damir://measures/";
  private static final String MARKDOWN = "text/markdown";
  private static final String JSON = "application/json";

  private final Catalog catalog;
  private final Explanations explanations;

  Resources(Catalog catalog, Explanations explanations) {
    this.catalog = catalog;
    this.explanations = explanations;
  }

  ObjectNode list() {
    ObjectNode result = Json.object();
    ArrayNode resources = result.putArray("resources");
    resources
        .addObject()
        .put("uri", GUIDE)
        .put("name", "guide")
        .put("title", "How to answer with Open DAMIR")
        .put("mimeType", MARKDOWN);
    for (Measure measure : Measure.values()) {
      resources
          .addObject()
          .put("uri", MEASURES + measure.id())
          .put("name", measure.id())
          .put("title", catalog.describe(measure).label().in(Language.EN))
          .put("mimeType", JSON);
    }
    return result;
  }

  static ObjectNode templates() {
    ObjectNode result = Json.object();
    result
        .putArray("resourceTemplates")
        .addObject()
        .put("uriTemplate", MEASURES + "{id}")
        .put("name", "measure")
        .put("title", "What a measure means")
        .put("mimeType", JSON);
    return result;
  }

  /**
   * The content of a resource.
   *
   * @throws RpcException if there is none of this name
   */
  ObjectNode read(String uri) {
    if (uri.equals(GUIDE)) {
      return content(uri, MARKDOWN, Guide.text());
    }
    Optional<Measure> measure =
        uri.startsWith(MEASURES)
            ? Measure.find(uri.substring(MEASURES.length()))
            : Optional.empty();
    return measure
        .map(
            found ->
                content(
                    uri,
                    JSON,
                    new String(
                        Json.bytes(explanations.of(found, Language.EN)), StandardCharsets.UTF_8)))
        .orElseThrow(
            () ->
                new RpcException(
                    RpcException.RESOURCE_NOT_FOUND,
                    "there is no such resource; resources/list has those that there are"));
  }

  private static ObjectNode content(String uri, String type, String text) {
    ObjectNode result = Json.object();
    result.putArray("contents").addObject().put("uri", uri).put("mimeType", type).put("text", text);
    return result;
  }
}
