package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a contract that tools show one by one, such as a comment in a generated client or a
 * field of a form, by their names.
 */
final class ContractParts {
  private final ContractDocument contract;
  private final Map<String, JsonNode> schemas = new LinkedHashMap<>();
  private final Map<String, JsonNode> inputs = new LinkedHashMap<>();

  ContractParts(ContractDocument contract) {
    this.contract = contract;
    contract.components("schemas").forEach(this::addSchema);
    contract.components("headers").forEach((name, header) -> inputs.put("header " + name, header));
    for (DocumentedOperation operation : contract.operations()) {
      operation
          .parameters()
          .forEach(
              parameter ->
                  inputs.put(operation.id() + " " + parameter.path("name").asText(), parameter));
    }
  }

  /** Schemas and, at any depth, their members. */
  Map<String, JsonNode> schemas() {
    return schemas;
  }

  /** Parameters and headers. */
  Map<String, JsonNode> inputs() {
    return inputs;
  }

  private void addSchema(String name, JsonNode schema) {
    schemas.put(name, schema.has("description") ? schema : contract.resolve(schema));
    addMembers(name, schema);
  }

  private void addMembers(String name, JsonNode schema) {
    schema
        .path("properties")
        .properties()
        .forEach(member -> addSchema(name + "." + member.getKey(), member.getValue()));
    for (String inner : List.of("items", "additionalProperties")) {
      if (schema.path(inner).isObject()) {
        addMembers(name, schema.path(inner));
      }
    }
    for (String several : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(several).forEach(one -> addMembers(name, one));
    }
  }
}
