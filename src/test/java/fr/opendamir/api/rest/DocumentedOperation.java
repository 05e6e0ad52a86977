package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * An operation of the contract.
 *
 * @param method in lower case
 * @param path with names in braces
 */
record DocumentedOperation(ContractDocument contract, String method, String path, JsonNode node) {
  String id() {
    return node.path("operationId").asText();
  }

  /** The names of its example requests, or a single empty name where it takes nothing. */
  List<String> requests() {
    Set<String> names = new LinkedHashSet<>();
    parameters().forEach(one -> one.path("examples").fieldNames().forEachRemaining(names::add));
    body().path("examples").fieldNames().forEachRemaining(names::add);
    return names.isEmpty() && !hasInput() ? List.of("whole") : List.copyOf(names);
  }

  private boolean hasInput() {
    return node.has("parameters") || node.has("requestBody");
  }

  /** The example request of a name. */
  DocumentedRequest request(String name) {
    DocumentedRequest request =
        new DocumentedRequest(method, path, Map.of(), body().at("/examples/" + name + "/value"));
    for (JsonNode parameter : parameters()) {
      JsonNode value = parameter.at("/examples/" + name + "/value");
      if (!value.isMissingNode()) {
        request = request.with(parameter, text(value));
      }
    }
    return request;
  }

  /** A request for every parameter whose example stands alone, added to the first request. */
  Map<String, DocumentedRequest> requestsByParameter() {
    Map<String, DocumentedRequest> requests = new LinkedHashMap<>();
    for (JsonNode parameter : parameters()) {
      if (parameter.has("example") && !parameter.path("in").asText().equals("path")) {
        requests.put(
            parameter.path("name").asText(),
            request(requests().get(0)).with(parameter, text(parameter.path("example"))));
      }
    }
    return requests;
  }

  Set<String> mediaTypes(int status) {
    Set<String> types = new LinkedHashSet<>();
    response(status).path("content").fieldNames().forEachRemaining(types::add);
    return types;
  }

  /** Those whose bodies are text, which an example can show. */
  Set<String> textTypes(int status) {
    Set<String> types = mediaTypes(status);
    types.removeIf(type -> type.endsWith(".parquet") || type.endsWith(".sheet"));
    return types;
  }

  /** The schema of a body; missing where there is none. */
  JsonNode schema(int status, String mediaType) {
    return response(status).path("content").path(mediaType).path("schema");
  }

  /** The example answer to the request of a name; missing where there is none. */
  JsonNode answer(String mediaType, String name) {
    return response(200).path("content").path(mediaType).path("examples").path(name).path("value");
  }

  /** Headers of a response of a status: of all but dry runs, to callers who are limited. */
  List<String> headers(int status) {
    List<String> names = new ArrayList<>();
    response(status).path("headers").fieldNames().forEachRemaining(names::add);
    return names;
  }

  JsonNode response(int status) {
    return contract.resolve(node.path("responses").path(String.valueOf(status)));
  }

  private JsonNode body() {
    return node.at("/requestBody/content").path("application/json");
  }

  JsonNode parameters() {
    return node.path("parameters");
  }

  /** As an address has it: a list with commas. */
  private static String text(JsonNode value) {
    return value.isArray()
        ? String.join(
            ",", StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList())
        : value.asText();
  }
}
