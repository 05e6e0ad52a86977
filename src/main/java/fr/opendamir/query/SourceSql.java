package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Renders the sources of a plan as one table with the levels and sums that a question needs. The
 * column names are the same for rollups and segments.
 */
final class SourceSql {
  /** In a row of one period of a comparison, the value of the sums of the other one. */
  private static final String NOTHING = "CAST(NULL AS bigint)";

  private final Set<Level> levels;
  private final List<CodeFilter> derivedFilters;
  private final List<SumColumn> sums;
  private final SourceTables tables;
  private final DerivedCodes codes;
  private final Function<Object, String> parameter;

  /**
   * Prepares the rendering.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  SourceSql(
      Question question,
      List<SumColumn> sums,
      Rendering rendering,
      Function<Object, String> parameter) {
    this.levels = QuestionPlanner.summedLevels(question);
    this.derivedFilters = new ArrayList<>();
    for (CodeFilter filter : question.filters()) {
      if (filter.level().stored() == filter.level()) {
        levels.add(filter.level());
      } else {
        derivedFilters.add(filter);
      }
    }
    this.sums = sums;
    this.tables = rendering.tables();
    this.codes = new DerivedCodes(tables.dialect(), rendering.catalog());
    this.parameter = parameter;
  }

  /**
   * Renders a plan of at least one source.
   *
   * @param subtracted imports whose sums are negated
   */
  String render(QuestionPlan plan, Collection<ReleaseImport> subtracted) {
    return plan.sources().stream()
        .flatMap(
            source ->
                Stream.of(
                    rows(plan, source, subtracted, false), rows(plan, source, subtracted, true)))
        .filter(rows -> !rows.isEmpty())
        .collect(joining(" UNION ALL "));
  }

  private String rows(
      QuestionPlan plan,
      QuestionPlan.Source source,
      Collection<ReleaseImport> subtracted,
      boolean isNegated) {
    List<ReleaseImport> imports =
        source.imports().stream()
            .filter(stored -> subtracted.contains(stored) == isNegated)
            .toList();
    if (imports.isEmpty()) {
      return "";
    }
    return "SELECT %s FROM %s"
        .formatted(
            columns(plan, source, isNegated ? "-" : ""),
            tables.rows(source.of(imports), parameter));
  }

  private String columns(QuestionPlan plan, QuestionPlan.Source source, String sign) {
    List<String> columns = new ArrayList<>();
    List<YearMonth> months =
        source.imports().stream().map(ReleaseImport::month).distinct().sorted().toList();
    int monthsLater =
        source.isCompared() ? plan.compared().orElseThrow().months().monthsEarlier() : 0;
    for (Level level : levels) {
      columns.add(codes.code(level, months, monthsLater) + " AS " + level.id());
    }
    for (CodeFilter filter : derivedFilters) {
      columns.add(codes.isAccepted(filter, months) + " AS " + isAccepted(filter));
    }
    for (Side side : Side.of(plan)) {
      for (SumColumn sum : sums) {
        String value = source.rollup().isPresent() ? "s." + sum.id() : ofSegment(sum);
        String rendered = source.isCompared() == (side == Side.COMPARED) ? sign + value : NOTHING;
        columns.add(rendered + " AS " + side.of(sum.id()));
      }
    }
    return String.join(", ", columns);
  }

  /** Renders the condition of a filter on the rows of sources, whose alias is {@code b}. */
  static String condition(
      CodeFilter filter, SqlDialect dialect, Function<Object, String> parameter) {
    if (filter.level().dimension() == Dimension.MONTH) {
      throw new IllegalStateException("months are selected by imports");
    }
    if (filter.level().stored() != filter.level()) {
      return "b." + isAccepted(filter);
    }
    String column = "b." + filter.level().id();
    List<String> listed = filter.codes().stream().map(parameter).toList();
    return filter.excluded()
        ? "%s NOT IN (%s)".formatted(column, String.join(", ", listed))
        : dialect.isOneOf(column, listed);
  }

  private static String isAccepted(CodeFilter filter) {
    return "is_" + filter.level().id();
  }

  private static String ofSegment(SumColumn sum) {
    String measure = "s." + sum.measure().id();
    return sum.careOnly()
        ? SumColumn.CARE_KINDS.stream()
            .map(kind -> "'" + kind + "'")
            .collect(
                joining(
                    ", ",
                    "CASE WHEN s." + Level.SERVICE_KIND.id() + " IN (",
                    ") THEN " + measure + " END"))
        : measure;
  }
}
