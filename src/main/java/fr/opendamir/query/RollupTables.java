package fr.opendamir.query;

import fr.opendamir.catalog.SqlDialect;
import java.util.List;
import java.util.function.Function;

/** Rollups in PostgreSQL. */
final class RollupTables implements SourceTables {
  @Override
  public SqlDialect dialect() {
    return SqlDialect.POSTGRESQL;
  }

  @Override
  public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
    return "figures.rollup s WHERE s.rollup_id = "
        + parameter.apply(source.rollup().orElseThrow().id())
        + " AND s.import_id = ANY ("
        + ids(source.imports(), parameter)
        + ")";
  }

  @Override
  public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return "(SELECT count(*) FROM figures.published_import WHERE import_id = ANY ("
        + ids(imports, parameter)
        + "))";
  }

  private static String ids(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return parameter.apply(imports.stream().map(ReleaseImport::id).toArray(Long[]::new));
  }
}
