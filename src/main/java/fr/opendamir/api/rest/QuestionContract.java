package fr.opendamir.api.rest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateQuery;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Documents the parameters of a question from the catalog, so that the contract cannot lag behind;
 * {@link ServiceContract} documents the rest.
 */
public class QuestionContract implements OASFilter {
  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    Catalog catalog = Catalog.load();
    Operation question = openApi.getPaths().getPathItem("/v1/aggregates").getGET();
    addParameters(question, catalog);
    question.addParameter(
        text(
            "dry_run",
            "true tells what the answer would take instead of giving it: rows scanned, and at most how many"
                + " rows, cells and units; free of charge",
            "false"));
    question.addParameter(
        text("release", "Ask an earlier release that is still served", "2025-11-03.1"));
    addParameters(
        openApi.getPaths().getPathItem("/v1/releases/{base}/diff/{compared}").getGET(), catalog);
    new ServiceContract(openApi).complete(catalog);
  }

  private static void addParameters(Operation operation, Catalog catalog) {
    operation.addParameter(
        list(
            "group_by",
            "Up to " + AggregateQuery.MAX_GROUP_BY + " dimensions or levels; none gives one total",
            Arrays.stream(Level.values()).map(Level::id).toList(),
            "region"));
    operation.addParameter(
        list(
            "measures",
            "Measures; default reimbursed",
            Arrays.stream(Measure.values()).map(Measure::id).toList(),
            "reimbursed"));
    operation.addParameter(text("from", "First month (or quarter, year) of processing", "2024-01"));
    operation.addParameter(text("to", "Last month (or quarter, year) of processing", "2024-12"));
    operation.addParameter(text("last", "That many months, counted back from the newest", "12"));
    operation.addParameter(
        text(
            "format",
            "json (default), csv, ndjson or json-stat; else the best of the Accept header",
            "csv"));
    operation.addParameter(
        text(
            "sort",
            "Measures and grouped dimensions, - before it for descending; then all codes ascending",
            "-reimbursed,region"));
    operation.addParameter(
        text(
            "having",
            "Keep rows by a measure: measure:operator:value, operators eq ne lt le gt ge; repeatable",
            "reimbursed:ge:1000000"));
    operation.addParameter(
        text(
            "totals",
            "none (default), grand (a row of everything), rollup (also of the first, the first two, …"
                + " levels grouped by); a total has the code _T",
            "grand"));
    operation.addParameter(text("labels", "id, name or both (default)", "both"));
    operation.addParameter(text("lang", "fr (default) or en; else Accept-Language", "en"));
    operation.addParameter(
        text(
            "limit",
            "1 to 10000 rows, default 100; page.total says how many there are. all, for csv and"
                + " ndjson of /v1/aggregates: every row, up to 1000000",
            "100"));
    operation.addParameter(
        text(
            "cursor",
            "The next page: page.next_cursor of the one before, which pins the release",
            "MjAyNS0xMS0wMy4xLzEwMC85YzQ4N2I"));
    for (Level level : Level.values()) {
      operation.addParameter(text(level.id(), filterDescription(catalog, level), example(level)));
    }
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

  private static String example(Level level) {
    return switch (level) {
      case MONTH_OF_PROCESSING -> "2024-01..2024-12";
      case QUARTER -> "2024-Q1";
      case YEAR -> "2024";
      case REGION -> "11,84";
      default -> "!ND";
    };
  }

  private static Parameter list(
      String name, String description, List<String> values, String example) {
    Schema items = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    values.forEach(items::addEnumeration);
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.QUERY)
        .description(description)
        .style(Parameter.Style.FORM)
        .explode(false)
        .example(List.of(example))
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(items));
  }

  private static Parameter text(String name, String description, String example) {
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.QUERY)
        .description(description)
        .example(example)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }
}
