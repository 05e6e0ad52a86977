package fr.opendamir.query;

import fr.opendamir.catalog.SqlDialect;
import java.util.List;
import java.util.function.Function;

/** The tables of an engine, as parts of a statement. */
public interface SourceTables {
  SqlDialect dialect();

  /**
   * Renders the rows of imports, for use after {@code FROM}; the alias of a row is {@code s}. A row
   * has a column for {@code month}, for every level that the source covers, and for sums: those of
   * {@link fr.opendamir.catalog.SumColumn} in a rollup, the source measures in segments.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  String rows(QuestionPlan.Source source, Function<Object, String> parameter);

  /**
   * Renders the number of these imports that are published when the statement runs.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  String published(List<ReleaseImport> imports, Function<Object, String> parameter);
}
