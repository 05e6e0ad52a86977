package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.integer;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * The part of the OpenAPI document that derives from the catalog, the bounds of a question and the
 * list of formats: parameters, media types and the columns of rows.
 */
final class QuestionContract {
  private static final String REFERENCE = "getReference";
  private static final String DATASET = "JsonStatDataset";

  /** Operations that take a question, and the schema of their JSON answers. */
  private static final Map<String, String> JSON_ANSWERS =
      Map.of(
          "getAggregates", "JsonAnswer",
          "postAggregates", "JsonAnswer",
          "getReleaseDifference", "DifferenceAnswer");

  private final Catalog catalog;
  private final QuestionParameters parameters;

  QuestionContract(Catalog catalog) {
    this.catalog = catalog;
    this.parameters = new QuestionParameters(catalog);
  }

  static boolean isQuestion(Operation operation) {
    return JSON_ANSWERS.containsKey(operation.getOperationId());
  }

  void addTo(OpenAPI contract) {
    addSchemas(contract.getComponents());
    for (PathItem path : contract.getPaths().getPathItems().values()) {
      path.getOperations().values().stream()
          .filter(operation -> operation.getOperationId().equals(REFERENCE))
          .forEach(ReferenceContract::complete);
      path.getOperations().values().stream()
          .filter(QuestionContract::isQuestion)
          .forEach(this::complete);
    }
  }

  private void complete(Operation operation) {
    boolean isDifference = operation.getOperationId().equals("getReleaseDifference");
    if (operation.getRequestBody() == null) {
      (isDifference ? parameters.ofDifference() : parameters.ofQuestion())
          .forEach(operation::addParameter);
      List<Parameter> headersLast = new ArrayList<>(operation.getParameters());
      headersLast.sort(Comparator.comparing(parameter -> parameter.getIn() == Parameter.In.HEADER));
      operation.setParameters(headersLast);
    }
    Content content = OASFactory.createContent();
    for (AnswerFormat format : Formats.ALL) {
      content.addMediaType(
          format.mediaType().split(";", 2)[0],
          OASFactory.createMediaType()
              .schema(schema(format, JSON_ANSWERS.get(operation.getOperationId()))));
    }
    operation.getResponses().getAPIResponse("200").setContent(content);
  }

  /**
   * The schema of an answer in a format.
   *
   * @param jsonAnswer the name of the schema of its JSON
   */
  static Schema schema(AnswerFormat format, String jsonAnswer) {
    return switch (format.id()) {
      case "json" ->
          OASFactory.createSchema()
              .addAnyOf(ref(jsonAnswer))
              // for tools that do not recognize the suffix of the media type
              .addAnyOf(ref(DATASET));
      case "json-stat" -> ref(DATASET);
      default -> {
        Schema file = text(format.description());
        yield format.isCompressible() ? file : file.format("binary");
      }
    };
  }

  private void addSchemas(Components components) {
    Schema code = components.getSchemas().get("Code");
    Grouping.possibleLevels().stream()
        .filter(level -> !level.isFinest())
        .forEach(level -> code.addProperty(level.id(), code(level)));
    List<String> levels = names(Level.values(), Level::id, Level::alias);
    List<String> measures = names(Measure.values(), Measure::id, Measure::alias);
    List<String> keys =
        Stream.of(levels.stream(), measures.stream(), comparedValues().map(MeasureValue::id))
            .flatMap(names -> names)
            .toList();
    Map<String, Schema> schemas = components.getSchemas();
    schemas.get(QuestionParameters.LEVEL).setEnumeration(List.copyOf(levels));
    schemas.get(QuestionParameters.MEASURE).setEnumeration(List.copyOf(measures));
    schemas
        .get(QuestionParameters.SORT)
        .setEnumeration(
            Stream.concat(keys.stream(), keys.stream().map(key -> "-" + key))
                .<Object>map(key -> key)
                .toList());
    components
        .addSchema(
            QuestionParameters.LIMIT,
            OASFactory.createSchema()
                .description("Rows of a page, or all")
                .addAnyOf(integer(1, Question.MAX_LIMIT))
                .addAnyOf(text(null).constValue("all")))
        .addSchema("PostedQuestion", posted(parameters.ofQuestion()));
    addColumns(schemas.get("AnswerRow"));
  }

  /** Adds the optional columns of a row; the static file has the column that is always present. */
  private void addColumns(Schema row) {
    for (Level level : Level.values()) {
      String label = catalog.describe(level).label().in(Language.EN);
      row.addProperty(level.id(), code(level));
      row.addProperty(level.id() + "_label", text(label + ": label"));
    }
    for (Measure measure : Measure.values()) {
      MeasureDescription description = catalog.describe(measure);
      row.addProperty(
          measure.id(),
          OASFactory.createSchema()
              .addType(SchemaType.NUMBER)
              .addType(SchemaType.NULL)
              .description(description.label().in(Language.EN) + " (" + description.unit() + ")"));
    }
    comparedValues()
        .forEach(
            value ->
                row.addProperty(
                    value.id(),
                    OASFactory.createSchema()
                        .addType(SchemaType.NUMBER)
                        .addType(SchemaType.NULL)
                        .description(
                            AnswerTables.title(value.kind(), catalog.describe(value.measure()))
                                .in(Language.EN))));
  }

  private Schema code(Level level) {
    return text(catalog.describe(level).label().in(Language.EN) + ": code");
  }

  /** What a comparison adds to the measures of a row. */
  private static Stream<MeasureValue> comparedValues() {
    return MeasureValue.of(List.of(Measure.values()), true).stream()
        .filter(value -> value.kind() != MeasureValue.Kind.ASKED);
  }

  /** The names, with public identifiers first. */
  private static <T> List<String> names(
      T[] all, Function<T, String> id, Function<T, Optional<String>> alias) {
    return Stream.concat(
            Arrays.stream(all).map(id), Arrays.stream(all).map(alias).flatMap(Optional::stream))
        .toList();
  }

  /** The question as a JSON object: the same members with the same types. */
  private static Schema posted(List<Parameter> parameters) {
    Schema question =
        OASFactory.createSchema()
            .addType(SchemaType.OBJECT)
            .description("The parameters of GET /v1/aggregates as members")
            .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    parameters.forEach(
        parameter ->
            question.addProperty(
                parameter.getName(), described(parameter.getSchema(), parameter.getDescription())));
    return question;
  }

  /**
   * A copy with a description; the schema of a parameter has none, because the parameter has it.
   */
  private static Schema described(Schema schema, String description) {
    return OASFactory.createSchema()
        .description(description)
        .ref(schema.getRef())
        .type(schema.getType())
        .format(schema.getFormat())
        .pattern(schema.getPattern())
        .enumeration(schema.getEnumeration())
        .minimum(schema.getMinimum())
        .maximum(schema.getMaximum())
        .items(schema.getItems())
        .maxItems(schema.getMaxItems());
  }
}
