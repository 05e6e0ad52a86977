package fr.opendamir.query;

import fr.opendamir.catalog.SqlDialect;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Columns that never answer; statements name the imports that they would read. */
final class NoColumns implements ColumnSource, SourceTables {
  @Override
  public SourceTables tables() {
    return this;
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return Uni.createFrom()
        .failure(
            new DataUnavailableException(
                DataUnavailableException.Part.ENGINE, new IllegalStateException("no columns")));
  }

  @Override
  public Uni<CellStream> open(StreamedQuestion question) {
    return Uni.createFrom()
        .failure(
            new DataUnavailableException(
                DataUnavailableException.Part.ENGINE, new IllegalStateException("no columns")));
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.DUCKDB;
  }

  @Override
  public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
    return "read_parquet(%s) s"
        .formatted(source.imports().stream().map(ReleaseImport::id).toList());
  }

  @Override
  public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
    return String.valueOf(imports.size());
  }
}
