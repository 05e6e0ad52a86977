package fr.opendamir.columns;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.SourceTables;
import java.util.List;
import java.util.function.Function;

/** Segments on the disk, as DuckDB reads them. */
record SegmentTables(SegmentFolder folder) implements SourceTables {
  @Override
  public SqlDialect dialect() {
    return SqlDialect.DUCKDB;
  }

  /** Paths are literals, because an engine has no parameters there; none is from a request. */
  @Override
  public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
    return source
        .segments()
        .map(segment -> DuckDb.quoted(folder.path(segment).toString()))
        .collect(joining(", ", "read_parquet([", "], hive_partitioning = false) s"));
  }

  /** All of them: segments are immutable and on the disk as long as their release is served. */
  @Override
  public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return String.valueOf(imports.size());
  }
}
