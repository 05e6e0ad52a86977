package fr.opendamir.columns;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.SourceTables;
import java.util.List;
import java.util.function.Function;

/**
 * The blocks as a table of an engine that the operator runs.
 *
 * @param table its name as the operator writes it, partitioned by {@code import_id}
 */
record EngineTables(String table) implements SourceTables {
  @Override
  public SqlDialect dialect() {
    return SqlDialect.TRINO;
  }

  /** Reads blocks in place of larger rollups, which are sums of them. */
  @Override
  public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
    return rows(source.imports());
  }

  private String rows(List<ReleaseImport> imports) {
    return imports.stream()
        .map(stored -> String.valueOf(stored.id()))
        .collect(joining(", ", table + " s WHERE s.import_id IN (", ")"));
  }

  /** The operator's table may not have the newest imports yet. */
  @Override
  public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return "(SELECT count(DISTINCT s.import_id) FROM " + rows(imports) + ")";
  }
}
