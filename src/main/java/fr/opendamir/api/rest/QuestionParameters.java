package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.integer;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * The query parameters of a question in the OpenAPI document, which derive from the catalog and the
 * bounds of a question; and the means to describe a parameter.
 */
final class QuestionParameters {
  /** Names of the schemas that they refer to. */
  static final String LEVEL = "LevelId";

  static final String MEASURE = "MeasureId";
  static final String SORT = "SortKey";
  static final String LIMIT = "RowLimit";

  private final Catalog catalog;

  QuestionParameters(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The parameters of an answer. */
  List<Parameter> ofQuestion() {
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
                    "previous_year or previous_period: beside each measure its value in the same"
                        + " months a year before, or in the month, quarter or year before"
                        + " (_compared), the difference (_change) and that divided by the earlier"
                        + " value (_change_rate). Needs one of month, quarter, year in group_by, or"
                        + " one period in the filter",
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
                    "null or zero: a row for every period of the question, for each group that"
                        + " occurs; those without figures have the status empty, and null or zero."
                        + " Needs one of month, quarter, year, care_month, care_quarter, care_year"
                        + " in group_by",
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

  /** The parameters of what differs between two releases. */
  List<Parameter> ofDifference() {
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
