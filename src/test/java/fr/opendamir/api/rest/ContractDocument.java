package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The committed contract as a test reads it. Bodies are held to it more strictly than readers are:
 * members that it does not know are errors here, while readers must expect new ones.
 */
final class ContractDocument {
  static final Path FILE = Path.of("openapi", "openapi.yaml");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode document;
  private final JsonNode closedComponents;

  private ContractDocument(JsonNode document) {
    this.document = document;
    this.closedComponents = document.path("components").deepCopy();
    close(closedComponents.path("schemas"));
  }

  static ContractDocument committed() {
    try {
      return new ContractDocument(parse(Files.readString(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("the contract is no YAML", e);
    }
  }

  List<DocumentedOperation> operations() {
    List<DocumentedOperation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new DocumentedOperation(
                                    this, method.getKey(), path.getKey(), method.getValue()))));
    return operations;
  }

  /** Components of a kind, such as {@code schemas}, by name. */
  Map<String, JsonNode> components(String kind) {
    Map<String, JsonNode> components = new LinkedHashMap<>();
    document
        .path("components")
        .path(kind)
        .properties()
        .forEach(one -> components.put(one.getKey(), one.getValue()));
    return components;
  }

  DocumentedOperation operation(String id) {
    return operations().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** The node itself, or what it refers to. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** What is wrong with a body; nothing where it is as its schema says. */
  List<String> validate(JsonNode schema, String body) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("allOf").add(schema);
    root.set("components", closedComponents);
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root, CONFIG);
    return compiled.validate(json(body)).stream().map(ValidationMessage::getMessage).toList();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + text, e);
    }
  }

  /** Objects whose members are listed hold no others. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ContractDocument::close);
  }
}
