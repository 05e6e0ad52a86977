package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Question;
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

  private final Question question;
  private final Set<Level> levels;
  private final List<SumColumn> sums;
  private final SourceTables tables;
  private final Function<Object, String> parameter;

  /**
   * Prepares the rendering.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  SourceSql(
      Question question,
      List<SumColumn> sums,
      SourceTables tables,
      Function<Object, String> parameter) {
    this.question = question;
    this.levels = QuestionPlanner.levels(question);
    this.sums = sums;
    this.tables = tables;
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
    String rows = tables.rows(source.of(imports), parameter);
    Function<SumColumn, String> stored =
        sum -> source.rollup().isPresent() ? "s." + sum.id() : ofSegment(sum);
    boolean isSummed = levels.stream().anyMatch(Level::isCarePeriod);
    return "SELECT %s FROM %s"
        .formatted(
            columns(plan, source, isNegated ? "-" : "", isSummed ? sum -> "s." + sum.id() : stored),
            isSummed ? summed(stored, rows) : rows);
  }

  private String columns(
      QuestionPlan plan,
      QuestionPlan.Source source,
      String sign,
      Function<SumColumn, String> value) {
    List<String> columns = new ArrayList<>();
    levels.forEach(level -> columns.add(code(level, plan, source) + " AS " + level.id()));
    for (Side side : Side.of(plan)) {
      for (SumColumn sum : sums) {
        String rendered =
            source.isCompared() == (side == Side.COMPARED) ? sign + value.apply(sum) : NOTHING;
        columns.add(rendered + " AS " + side.of(sum.id()));
      }
    }
    return String.join(", ", columns);
  }

  /**
   * Renders the sums of rows by month and stored codes, as rows again. A period of care is a text
   * that is made of month and lag, which takes many times as long as reading a row: it is made for
   * each sum instead of for each row.
   */
  private String summed(Function<SumColumn, String> stored, String rows) {
    List<String> codes =
        Stream.concat(
                Stream.of(Level.MONTH_OF_PROCESSING),
                levels.stream()
                    .filter(level -> level.dimension() != Dimension.MONTH)
                    .map(Level::stored))
            .distinct()
            .map(level -> "s." + level.id())
            .toList();
    return "(SELECT %1$s, %2$s FROM %3$s GROUP BY %1$s) s"
        .formatted(
            String.join(", ", codes),
            sums.stream()
                .map(sum -> "CAST(sum(%s) AS bigint) AS %s".formatted(stored.apply(sum), sum.id()))
                .collect(joining(", ")),
            nearSelected(rows));
  }

  /** The rows without most of those that filters on periods of care leave out: fewer are summed. */
  private String nearSelected(String rows) {
    List<String> conditions =
        question.filters().stream()
            .filter(filter -> filter.level().isCarePeriod() && !filter.excluded())
            .flatMap(filter -> CarePeriodSql.near(filter, parameter).stream())
            .toList();
    return conditions.isEmpty()
        ? rows
        : "(SELECT s.* FROM %s) s WHERE %s".formatted(rows, String.join(" AND ", conditions));
  }

  /** Rows of the earlier period have the codes of the periods that are compared with it. */
  private static String code(Level level, QuestionPlan plan, QuestionPlan.Source source) {
    return source.isCompared() && Comparison.PERIODS.contains(level)
        ? PeriodCode.later(level, plan.compared().orElseThrow().months().monthsEarlier())
        : code(level);
  }

  private static String code(Level level) {
    return switch (level) {
      case YEAR -> "substr(s.month, 1, 4)";
      case QUARTER ->
          "substr(s.month, 1, 4) || CASE WHEN substr(s.month, 6, 2) <= '03' THEN '-Q1'"
              + " WHEN substr(s.month, 6, 2) <= '06' THEN '-Q2'"
              + " WHEN substr(s.month, 6, 2) <= '09' THEN '-Q3' ELSE '-Q4' END";
      case AGE_GROUP ->
          "CASE WHEN s.age_band = '0' THEN '0_19' WHEN s.age_band IN ('20','30') THEN '20_39' WHEN"
              + " s.age_band IN ('40','50') THEN '40_59' WHEN s.age_band IN ('60','70','80') THEN"
              + " '60_plus' WHEN s.age_band IN ('ND','NR') THEN s.age_band ELSE 'unknown' END";
      case CARE_MONTH, CARE_QUARTER, CARE_YEAR -> CarePeriodSql.code(level);
      default -> "s." + level.id();
    };
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
