package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.reference.ReferenceColumn;
import fr.opendamir.reference.ReferenceTable;
import fr.opendamir.reference.ReferenceTables;
import graphql.schema.DataFetchingEnvironment;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reference tables and their rows. */
@ApplicationScoped
class ReferenceQueries {
  private static final int MOST_ROWS = 1_000;

  private final ReferenceTables references;

  ReferenceQueries(ReferenceTables references) {
    this.references = references;
  }

  void addTo(Fetchers fetchers) {
    fetchers.query("references", this::references);
    fetchers
        .type("ReferenceTable", ReferenceTable.class)
        .field("id", ReferenceTable::id)
        .field("version", ReferenceTable::version)
        .field("vintage", ReferenceTable::vintage)
        .field("label", (table, environment) -> table.label().in(Asked.language(environment)))
        .field("source", ReferenceTable::source)
        .field("licence", ReferenceTable::licence)
        .field("notes", (table, environment) -> table.notes().in(Asked.language(environment)))
        .field("columns", ReferenceTable::columns)
        .field("totalCount", table -> table.rows().size())
        .field("rows", ReferenceQueries::rows);
    fetchers
        .type("ReferenceColumn", ReferenceColumn.class)
        .field("name", ReferenceColumn::name)
        .field("type", column -> column.type().name().toLowerCase(Locale.ROOT))
        .field("unit", column -> column.unit().isEmpty() ? null : column.unit())
        .field("label", (column, environment) -> column.label().in(Asked.language(environment)));
  }

  private List<ReferenceTable> references(DataFetchingEnvironment environment) {
    List<String> ids = Lists.orEmpty(environment.getArgument("ids"));
    return references.all().stream()
        .filter(table -> ids.isEmpty() || ids.contains(table.id()))
        .toList();
  }

  private static List<List<String>> rows(
      ReferenceTable table, DataFetchingEnvironment environment) {
    int first = environment.getArgumentOrDefault("first", 100);
    int skip = environment.getArgumentOrDefault("skip", 0);
    List<Map<String, Object>> conditions = Lists.orEmpty(environment.getArgument("where"));
    requireValid(table, first, skip, conditions);
    return table.rows().stream()
        .filter(row -> conditions.stream().allMatch(condition -> isMet(table, row, condition)))
        .skip(skip)
        .limit(first)
        .map(ReferenceQueries::withNulls)
        .toList();
  }

  private static boolean isMet(
      ReferenceTable table, List<String> row, Map<String, Object> condition) {
    String value = row.get(table.position((String) condition.get("column")));
    return ((List<?>) condition.get("in")).contains(value);
  }

  private static List<String> withNulls(List<String> row) {
    List<String> values = new ArrayList<>(row);
    values.replaceAll(value -> value.isEmpty() ? null : value);
    return values;
  }

  private static void requireValid(
      ReferenceTable table, int first, int skip, List<Map<String, Object>> conditions) {
    QuestionErrors errors = new QuestionErrors();
    if (first < 1 || first > MOST_ROWS || skip < 0) {
      errors.add(
          new QuestionError(
              "first",
              "malformed_value",
              new Label(
                  "first va de 1 à " + MOST_ROWS + ", et skip n'est pas négatif",
                  "first is from 1 to " + MOST_ROWS + ", and skip is not negative"),
              List.of()));
    }
    List<String> columns = table.columns().stream().map(ReferenceColumn::name).toList();
    conditions.stream()
        .map(condition -> (String) condition.get("column"))
        .filter(column -> !columns.contains(column))
        .forEach(column -> errors.add(QuestionError.unknownValue("where", column, columns)));
    errors.requireNone();
  }
}
