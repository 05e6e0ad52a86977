package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.testing.GoldenFile;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random questions as SQL of DuckDB and of Trino. The project {@code distributed} runs these files
 * on both engines and compares the answers.
 */
class DistributedQuestionsTest {
  /** One import a month, of 2024. */
  private static final List<ReleaseImport> IMPORTS =
      IntStream.rangeClosed(1, 12)
          .mapToObj(id -> new ReleaseImport(id, YearMonth.of(2024, id), 250_000, Map.of()))
          .toList();

  /** Each question with the number of its file. */
  static List<Object[]> questions() {
    List<String> all = RandomQuestions.all();
    return IntStream.range(0, all.size())
        .mapToObj(i -> new Object[] {"%02d".formatted(i + 1), all.get(i)})
        .toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("questions")
  void areRenderedForBothEngines(String number, String parameters) {
    for (SourceTables tables : List.of(new Files(), new Table())) {
      GoldenFile.compare(
          "query/distributed/%s-%s.sql"
              .formatted(number, tables.dialect().name().toLowerCase(Locale.ROOT)),
          RenderedSql.text(parameters, RandomQuestions.prepare(parameters, tables, IMPORTS)));
    }
  }

  /** The files, as DuckDB reads them. */
  private record Files() implements SourceTables {
    @Override
    public SqlDialect dialect() {
      return SqlDialect.DUCKDB;
    }

    @Override
    public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
      return source.imports().stream()
          .map(stored -> "'block/import_id=" + stored.id() + "/*.parquet'")
          .collect(joining(", ", "read_parquet([", "]) s"));
    }

    @Override
    public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
      return String.valueOf(imports.size());
    }
  }

  /** The table over the same files, as Trino reads it. */
  private record Table() implements SourceTables {
    @Override
    public SqlDialect dialect() {
      return SqlDialect.TRINO;
    }

    @Override
    public String rows(QuestionPlan.Source source, Function<Object, String> parameter) {
      return source.imports().stream()
          .map(stored -> String.valueOf(stored.id()))
          .collect(joining(", ", "block s WHERE s.import_id IN (", ")"));
    }

    @Override
    public String published(List<ReleaseImport> imports, Function<Object, String> parameter) {
      return String.valueOf(imports.size());
    }
  }
}
