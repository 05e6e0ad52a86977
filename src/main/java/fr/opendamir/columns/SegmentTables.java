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

  /** The names of files are checksums, and the folder is the operator's. */
  @Override
  public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
    return source
        .segments()
        .map(segment -> "'" + folder.path(segment).toString().replace("'", "''") + "'")
        .collect(joining(", ", "read_parquet([", "], hive_partitioning = false) s"));
  }

  /** A segment is immutable, and is here as long as its release is served. */
  @Override
  public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return String.valueOf(imports.size());
  }
}
