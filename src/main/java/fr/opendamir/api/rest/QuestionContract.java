package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.integer;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Having;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.Totals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private static final String LEVEL = "LevelId";
  private static final String MEASURE = "MeasureId";
  private static final String SORT = "SortKey";
  private static final String LIMIT = "RowLimit";
  private static final String DATASET = "JsonStatDataset";

  /** Operations that take a question, and the schema of their JSON answers. */
  private static final Map<String, String> JSON_ANSWERS =
      Map.of(
          "getAggregates", "JsonAnswer",
          "postAggregates", "JsonAnswer",
          "getReleaseDifference", "DifferenceAnswer");

  private final Catalog catalog;

  QuestionContract(Catalog catalog) {
    this.catalog = catalog;
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
      (isDifference ? differenceParameters() : parameters()).forEach(operation::addParameter);
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
    schemas.get(LEVEL).setEnumeration(List.copyOf(levels));
    schemas.get(MEASURE).setEnumeration(List.copyOf(measures));
    schemas
        .get(SORT)
        .setEnumeration(
            Stream.concat(keys.stream(), keys.stream().map(key -> "-" + key))
                .<Object>map(key -> key)
                .toList());
    components
        .addSchema(
            LIMIT,
            OASFactory.createSchema()
                .description("Rows of a page, or all")
                .addAnyOf(integer(1, Question.MAX_LIMIT))
                .addAnyOf(text(null).constValue("all")))
        .addSchema("PostedQuestion", posted(parameters()));
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

  private List<Parameter> parameters() {
    return Stream.of(
            common(),
            Stream.of(
                parameter(
                        "limit",
                        "1 to 10000 rows, beside rows of totals; page.total says how many there"
                            + " are. Default 100 for "
                            + String.join(" and ", Formats.ids(format -> !format.isFile()))
                            + ". all is for "
                            + String.join(" and ", Formats.ids(AnswerFormat::isFile))
                            + ", and their default: every row, up to 1000000",
                        ref(LIMIT),
                        100)
                    // Both settings mean the same for a single value, but client generators write
                    // explode out for every type.
                    .style(Parameter.Style.FORM)
                    .explode(false)),
            levels(),
            Stream.of(
                parameter(
                    "compare",
                    "previous_year or previous_period: beside each measure its value in the same months"
                        + " a year before, or in the month, quarter or year before (_compared), the"
                        + " difference (_change) and that divided by the earlier value"
                        + " (_change_rate). Needs one of month, quarter, year in group_by, or one"
                        + " period in the filter",
                    choice(Comparison.values()),
                    "none"),
                parameter(
                    "dry_run",
                    "true tells what the answer would take instead of giving it: rows scanned, and"
                        + " at most how many rows, cells and units; free of charge",
                    OASFactory.createSchema().addType(SchemaType.BOOLEAN),
                    false),
                parameter(
                    "fill",
                    "null or zero: a row for every period of the question, for each group that occurs;"
                        + " those without figures have the status empty, and null or zero. Needs one"
                        + " of month, quarter, year, care_month, care_quarter, care_year in group_by",
                    choice(Fill.values()),
                    "none"),
                parameter(
                    "reference",
                    "The population by which standardised measures are weighted: fr2023 (default,"
                        + " France in 2023) or esp2013 (the European standard population)",
                    choice(StandardPopulation.values()),
                    "fr2023"),
                parameter(
                    "release",
                    "Ask an earlier release that is still served",
                    text(null),
                    "2025-11-03.1")))
        .flatMap(parameters -> parameters)
        .toList();
  }

  private List<Parameter> differenceParameters() {
    return Stream.of(
            common(),
            Stream.of(
                parameter(
                    "limit",
                    "1 to 10000 rows, default 100; page.total says how many there are",
                    integer(1, Question.MAX_LIMIT),
                    100)),
            levels())
        .flatMap(parameters -> parameters)
        .toList();
  }

  private static Stream<Parameter> common() {
    return Stream.of(
        parameter(
            "group_by",
            "Up to "
                + QuestionBound.GROUP_BY.most()
                + " dimensions or levels; none gives one total",
            list(ref(LEVEL), QuestionBound.GROUP_BY.most()),
            List.of("region")),
        parameter(
            "measures",
            "Measures; default reimbursed",
            list(ref(MEASURE), QuestionBound.MEASURES.most()),
            List.of("reimbursed")),
        parameter("from", "First month (or quarter, year) of processing", text(null), "2024-01"),
        parameter("to", "Last month (or quarter, year) of processing", text(null), "2024-12"),
        parameter(
            "last",
            "That many months, counted back from the newest",
            integer(1, Question.MAX_LAST),
            12),
        parameter(
            "format",
            formats() + "; else the best of the Accept header",
            oneOf(null, Formats.ids()),
            "csv"),
        dialect(),
        download(),
        parameter(
            "sort",
            "Measures and grouped dimensions, - before it for descending; then all codes ascending",
            list(ref(SORT), QuestionBound.SORT.most()),
            List.of("-reimbursed", "region")),
        parameter(
            "having",
            "Keep rows by a measure: measure:operator:value, operators eq ne lt le gt ge; at most "
                + QuestionBound.HAVING.most(),
            list(text(null).pattern(havingPattern()), QuestionBound.HAVING.most()),
            List.of("reimbursed:ge:1000000")),
        parameter(
            "totals",
            "none (default), grand (a row of everything), rollup (also of the first, the first two,"
                + " … levels grouped by); a total has the code _T",
            choice(Totals.values()),
            "grand"),
        parameter(
            "labels",
            "id, name or both (default; id for sdmx-csv)",
            choice(LabelStyle.values()),
            "both"),
        parameter(
            "lang", "fr (default) or en; else Accept-Language", choice(Language.values()), "en"),
        parameter(
            "cursor",
            "The next page: page.next_cursor of the one before, which pins the release",
            text(null),
            "MjAyNS0xMS0wMy4xLzEwMC85YzQ4N2I"));
  }

  /** The parameter that selects a form of CSV. */
  static Parameter dialect() {
    return parameter(
        "dialect",
        "Of csv: excel-fr is CSV as spreadsheets with French settings open it (byte order mark,"
            + " semicolons, decimal commas)",
        oneOf(null, List.copyOf(Formats.DIALECTS.keySet())),
        Formats.EXCEL_FR);
  }

  /** The parameter that asks browsers to save the answer. */
  static Parameter download() {
    return parameter(
        "download",
        "true has browsers save the answer: Content-Disposition is attachment instead of inline",
        OASFactory.createSchema().addType(SchemaType.BOOLEAN),
        false);
  }

  private Stream<Parameter> levels() {
    return Arrays.stream(Level.values())
        .map(
            level ->
                parameter(
                    level.id(),
                    filterDescription(level),
                    list(text(null), mostValues(level)),
                    example(level)));
  }

  private static int mostValues(Level level) {
    if (level.isCarePeriod()) {
      return QuestionBound.CARE_PERIODS.most();
    }
    return level.dimension() == Dimension.MONTH
        ? QuestionBound.PERIODS.most()
        : QuestionBound.CODES.most();
  }

  private String filterDescription(Level level) {
    String ranges = level.periodForm().isPresent() ? ", or ranges (a..b, ..b, a..)" : "";
    return "Keep only these codes of "
        + level.id()
        + " ("
        + catalog.describe(level).variables()
        + "): a list"
        + ranges
        + "; ! before it excludes them";
  }

  private static List<String> example(Level level) {
    return switch (level) {
      case MONTH_OF_PROCESSING -> List.of("2024-01..2024-12");
      case CARE_MONTH -> List.of("2023-11..2024-01");
      case QUARTER, CARE_QUARTER -> List.of("2024-Q1");
      case YEAR, CARE_YEAR -> List.of("2024");
      case REGION -> List.of("11", "84");
      default -> List.of("!ND");
    };
  }

  private static String havingPattern() {
    return Arrays.stream(Having.Operator.values())
        .map(Having.Operator::id)
        .collect(Collectors.joining("|", "^[A-Za-z_]+:(", "):-?[0-9]{1,15}([.][0-9]{1,6})?$"));
  }

  static Schema choice(Enum<?>[] values) {
    return oneOf(
        null, Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** A parameter; the values of a list are separated by commas. */
  static Parameter parameter(String name, String description, Schema schema, Object example) {
    Parameter parameter =
        OASFactory.createParameter()
            .name(name)
            .in(Parameter.In.QUERY)
            .description(description)
            .example(example)
            .schema(schema);
    return schema.getItems() == null
        ? parameter
        : parameter.style(Parameter.Style.FORM).explode(false);
  }

  /** The names of the formats; the first is the default. */
  private static String formats() {
    List<String> ids = Formats.ids();
    int last = ids.size() - 1;
    return ids.get(0)
        + " (default), "
        + String.join(", ", ids.subList(1, last))
        + " or "
        + ids.get(last);
  }
}
