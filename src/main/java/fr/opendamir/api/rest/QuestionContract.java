package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.flag;
import static fr.opendamir.api.rest.ContractSchemas.integer;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.object;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.Having;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.Totals;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Documents the parameters of a question from the catalog, so that the contract cannot lag behind;
 * {@link ServiceContract} documents the rest.
 */
public class QuestionContract implements OASFilter {
  private static final String LEVEL = "LevelId";
  private static final String MEASURE = "MeasureId";
  private static final String SORT = "SortKey";
  private static final String LIMIT = "RowLimit";

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    Catalog catalog = Catalog.load();
    List<Parameter> question = parameters(catalog);
    Operation asked = openApi.getPaths().getPathItem("/v1/aggregates").getGET();
    Operation compared =
        openApi.getPaths().getPathItem("/v1/releases/{base}/diff/{compared}").getGET();
    question.forEach(asked::addParameter);
    differenceParameters(catalog).forEach(compared::addParameter);
    addSchemas(openApi.getComponents());
    new ServiceContract(openApi).complete(catalog);
    openApi.getComponents().addSchema(AnswerSchemas.QUESTION, posted(question));
  }

  private static void addSchemas(Components components) {
    List<String> levels = names(Level.values(), Level::id, Level::alias);
    List<String> measures = names(Measure.values(), Measure::id, Measure::alias);
    List<String> keys = Stream.concat(levels.stream(), measures.stream()).toList();
    components
        .addSchema(LEVEL, oneOf("A dimension or level, or its DAMIR variable", levels))
        .addSchema(MEASURE, oneOf("A measure, or its DAMIR variable", measures))
        .addSchema(
            SORT,
            oneOf(
                "A measure or grouped dimension, - before it for descending",
                Stream.concat(keys.stream(), keys.stream().map(key -> "-" + key)).toList()))
        .addSchema(
            LIMIT,
            OASFactory.createSchema()
                .description("Rows of a page, or all")
                .addAnyOf(integer(1, Question.MAX_LIMIT))
                .addAnyOf(text(null).constValue("all")));
  }

  /** Public identifiers first. */
  private static <T> List<String> names(
      T[] all, Function<T, String> id, Function<T, Optional<String>> alias) {
    return Stream.concat(
            Arrays.stream(all).map(id), Arrays.stream(all).map(alias).flatMap(Optional::stream))
        .toList();
  }

  /** The question as a JSON object: the same members with the same types. */
  private static Schema posted(List<Parameter> parameters) {
    Schema question =
        object("The parameters of GET /v1/aggregates as members")
            .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    parameters.forEach(
        parameter ->
            question.addProperty(
                parameter.getName(), described(parameter.getSchema(), parameter.getDescription())));
    return question;
  }

  /** A copy, for the schema of a parameter is described by the parameter. */
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

  private static List<Parameter> parameters(Catalog catalog) {
    return Stream.of(
            common(),
            Stream.of(
                parameter(
                        "limit",
                        "1 to 10000 rows, beside rows of totals; page.total says how many there are."
                            + " Default 100 for "
                            + String.join(" and ", Formats.ids(format -> !format.isFile()))
                            + ". all is for "
                            + String.join(" and ", Formats.ids(AnswerFormat::isFile))
                            + ", and their default: every row, up to 1000000",
                        ref(LIMIT),
                        100)
                    // The same for one value, and generators of clients write it out for any type.
                    .style(Parameter.Style.FORM)
                    .explode(false)),
            levels(catalog),
            Stream.of(
                parameter(
                    "dry_run",
                    "true tells what the answer would take instead of giving it: rows scanned, and at"
                        + " most how many rows, cells and units; free of charge",
                    flag(null),
                    false),
                parameter(
                    "release",
                    "Ask an earlier release that is still served",
                    text(null),
                    "2025-11-03.1")))
        .flatMap(parameters -> parameters)
        .toList();
  }

  private static List<Parameter> differenceParameters(Catalog catalog) {
    return Stream.of(
            common(),
            Stream.of(
                parameter(
                    "limit",
                    "1 to 10000 rows, default 100; page.total says how many there are",
                    integer(1, Question.MAX_LIMIT),
                    100)),
            levels(catalog))
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
            list(null, ref(LEVEL)).maxItems(QuestionBound.GROUP_BY.most()),
            List.of("region")),
        parameter(
            "measures",
            "Measures; default reimbursed",
            list(null, ref(MEASURE)).maxItems(QuestionBound.MEASURES.most()),
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
        parameter(
            "sort",
            "Measures and grouped dimensions, - before it for descending; then all codes ascending",
            list(null, ref(SORT)).maxItems(QuestionBound.SORT.most()),
            List.of("-reimbursed", "region")),
        parameter(
            "having",
            "Keep rows by a measure: measure:operator:value, operators eq ne lt le gt ge; at most "
                + QuestionBound.HAVING.most(),
            list(null, text(null).pattern(havingPattern())).maxItems(QuestionBound.HAVING.most()),
            List.of("reimbursed:ge:1000000")),
        parameter(
            "totals",
            "none (default), grand (a row of everything), rollup (also of the first, the first two, …"
                + " levels grouped by); a total has the code _T",
            choice(Totals.values()),
            "grand"),
        parameter("labels", "id, name or both (default)", choice(LabelStyle.values()), "both"),
        parameter(
            "lang", "fr (default) or en; else Accept-Language", choice(Language.values()), "en"),
        parameter(
            "cursor",
            "The next page: page.next_cursor of the one before, which pins the release",
            text(null),
            "MjAyNS0xMS0wMy4xLzEwMC85YzQ4N2I"));
  }

  /** The first one is what a client gets that has no preference. */
  private static String formats() {
    List<String> ids = Formats.ids();
    int last = ids.size() - 1;
    return ids.get(0)
        + " (default), "
        + String.join(", ", ids.subList(1, last))
        + " or "
        + ids.get(last);
  }

  private static Stream<Parameter> levels(Catalog catalog) {
    return Arrays.stream(Level.values())
        .map(
            level ->
                parameter(
                    level.id(),
                    filterDescription(catalog, level),
                    list(null, text(null)).maxItems(mostValues(level)),
                    example(level)));
  }

  private static int mostValues(Level level) {
    return level.dimension() == Dimension.MONTH
        ? QuestionBound.PERIODS.most()
        : QuestionBound.CODES.most();
  }

  private static String filterDescription(Catalog catalog, Level level) {
    String ranges = level.dimension() == Dimension.MONTH ? ", or ranges (a..b, ..b, a..)" : "";
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
      case QUARTER -> List.of("2024-Q1");
      case YEAR -> List.of("2024");
      case REGION -> List.of("11", "84");
      default -> List.of("!ND");
    };
  }

  private static String havingPattern() {
    return Arrays.stream(Having.Operator.values())
        .map(Having.Operator::id)
        .collect(Collectors.joining("|", "^[A-Za-z_]+:(", "):-?[0-9]{1,15}([.][0-9]{1,6})?$"));
  }

  private static Schema choice(Enum<?>[] values) {
    return oneOf(
        null, Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** A list has commas between its values. */
  private static Parameter parameter(
      String name, String description, Schema schema, Object example) {
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
}
