package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the contract with what annotations cannot say, or would have to say again for every
 * operation: shapes of answers, refusals, headers, language, examples.
 */
final class ServiceContract {
  /** Operations that take a question, with what they refuse. */
  private static final Map<String, List<Integer>> QUESTIONS =
      Map.of(
          "getAggregates", List.of(304, 400, 401, 404, 406, 413, 414, 422, 429, 503),
          "postAggregates", List.of(400, 401, 404, 406, 413, 415, 422, 429, 503),
          "getReleaseDifference", List.of(400, 401, 404, 406, 414, 422, 429, 503));

  /** Other operations that ask the database. */
  private static final Set<String> DATABASE =
      Set.of("listCodes", "listReleases", "getLatestRelease", "getRelease", "getDisclosure");

  private static final Map<String, String> TAGS =
      Map.of(
          "Aggregates", "Figures: sums of measures by any combination of dimensions",
          "Disclosure", "How the people behind the figures are protected",
          "Limits", "What a caller may ask, and what is left of it",
          "Problems", "What refusals mean",
          "Releases", "What was published when, of which files, and what changed",
          "Vocabulary", "Dimensions, levels, their codes, and measures");

  private final OpenAPI contract;
  private final ContractExamples examples = new ContractExamples();

  ServiceContract(OpenAPI contract) {
    this.contract = contract;
  }

  void complete(Catalog catalog) {
    Components components = contract.getComponents();
    components.getSchemas().values().forEach(ServiceContract::requireAll);
    Grouping.possibleLevels().stream()
        .filter(level -> !level.isFinest())
        .forEach(
            level ->
                components
                    .getSchemas()
                    .get("Code")
                    .addProperty(level.id(), ContractSchemas.of(SchemaType.STRING)));
    AnswerSchemas.of(catalog).forEach(components::addSchema);
    JsonStatSchemas.all().forEach(components::addSchema);
    ContractHeaders.addTo(components);
    ContractResponses.addTo(components);
    ContractKeys.addTo(contract);
    contract.addServer(OASFactory.createServer().url("/").description("Where this is read"));
    contract.getTags().forEach(tag -> tag.setDescription(TAGS.get(tag.getName())));
    contract
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations().values().forEach(operation -> complete(path, operation)));
  }

  /** Answers have all their members, but where an annotation lists those that are required. */
  private static void requireAll(Schema schema) {
    if (schema.getProperties() != null && schema.getRequired() == null) {
      schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }
  }

  private void complete(String path, Operation operation) {
    APIResponse answer = operation.getResponses().getAPIResponse("200");
    if (QUESTIONS.containsKey(operation.getOperationId())) {
      describeAnswer(operation, answer);
      ContractResponses.add(operation, QUESTIONS.get(operation.getOperationId()));
    } else {
      answer.setDescription(operation.getSummary());
      ContractHeaders.addRequestId(answer);
      ContractResponses.add(operation, refusals(path, operation.getOperationId()));
    }
    ContractHeaders.addLimits(answer);
    addLanguage(operation, answer);
    addExamples(operation, answer);
  }

  private static List<Integer> refusals(String path, String operation) {
    List<Integer> refusals = new ArrayList<>();
    refusals.add(400);
    refusals.add(401);
    if (path.contains("{") || operation.equals("getLatestRelease")) {
      refusals.add(404);
    }
    refusals.add(406);
    refusals.add(429);
    if (DATABASE.contains(operation)) {
      refusals.add(503);
    }
    return refusals;
  }

  private static void describeAnswer(Operation operation, APIResponse answer) {
    boolean difference = operation.getOperationId().equals("getReleaseDifference");
    Schema json =
        OASFactory.createSchema()
            .addAnyOf(ref(difference ? AnswerSchemas.DIFFERENCE : AnswerSchemas.JSON_ANSWER))
            // tools that pass over the suffix of a media type look for it here
            .addAnyOf(ref(JsonStatSchemas.DATASET));
    answer.setContent(OASFactory.createContent());
    for (AnswerFormat format : Formats.ALL) {
      Schema body =
          switch (format.id()) {
            case "json" -> json;
            case "json-stat" -> ref(JsonStatSchemas.DATASET);
            default -> text(format.description());
          };
      answer.getContent().addMediaType(format.mediaType().split(";", 2)[0], media(body));
    }
    ContractHeaders.addDescription(answer);
    if (difference) {
      ContractHeaders.addVary(answer);
      ContractHeaders.addRequestId(answer);
    } else {
      ContractHeaders.addCaching(answer);
    }
    if (operation.getRequestBody() != null) {
      ContractHeaders.addContentLocation(answer);
    }
    if (operation.getOperationId().equals("getAggregates")) {
      operation.addParameter(
          OASFactory.createParameter()
              .name("If-None-Match")
              .in(Parameter.In.HEADER)
              .description("Entity tags of answers that the reader has; 304 if it is one of them")
              .example("\"9e107d9d372bb6826bd81d3542a419d6\"")
              .schema(text(null)));
      operation.addParameter(
          OASFactory.createParameter()
              .name("If-Modified-Since")
              .in(Parameter.In.HEADER)
              .description(
                  "The Last-Modified of the answer that the reader has; 304 if it is still that."
                      + " Not looked at beside If-None-Match")
              .example("Tue, 24 Nov 2026 09:00:00 GMT")
              .schema(text(null)));
    }
  }

  private static MediaType media(Schema schema) {
    return OASFactory.createMediaType().schema(schema);
  }

  /** Every JSON answer in words knows two languages; questions have the parameter already. */
  private static void addLanguage(Operation operation, APIResponse answer) {
    List<Parameter> parameters = operation.getParameters();
    boolean known =
        operation.getRequestBody() != null
            || operation.getOperationId().equals("getLimits") // numbers only
            || !answer.getContent().hasMediaType("application/json")
            || (parameters != null
                && parameters.stream().anyMatch(p -> p.getName().equals("lang")));
    if (!known) {
      operation.addParameter(
          OASFactory.createParameter()
              .name("lang")
              .in(Parameter.In.QUERY)
              .description("fr (default) or en; else Accept-Language")
              .schema(oneOf(null, List.of("fr", "en"))));
    }
  }

  private void addExamples(Operation operation, APIResponse answer) {
    String id = operation.getOperationId();
    examples
        .requests(id)
        .forEach(
            (name, values) -> {
              addRequest(operation, name, values);
              addAnswers(id, name, answer.getContent());
            });
  }

  private static void addRequest(Operation operation, String name, Map<String, Object> values) {
    if (operation.getRequestBody() != null) {
      operation
          .getRequestBody()
          .getContent()
          .getMediaType("application/json")
          .addExample(name, OASFactory.createExample().value(values));
      return;
    }
    List<Parameter> parameters = operation.getParameters();
    for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
      if (values.containsKey(parameter.getName())) {
        parameter.setExample(null); // one or the other, says the specification
        parameter.addExample(
            name, OASFactory.createExample().value(values.get(parameter.getName())));
      }
    }
  }

  private void addAnswers(String operation, String name, Content content) {
    content
        .getMediaTypes()
        .forEach(
            (type, media) ->
                examples
                    .answer(operation, name, type.split(";", 2)[0])
                    .ifPresent(
                        answer ->
                            media.addExample(name, OASFactory.createExample().value(answer))));
  }
}
