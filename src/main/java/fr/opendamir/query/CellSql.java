package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Renders the cells of an answer, as common table expressions of which the last is {@code shown}:
 * the sums of each group of codes, of both periods where they are compared, the empty periods that
 * are filled, what rates are divided by, and whether the display rule suppresses them.
 */
final class CellSql {
  private final Question question;
  private final Rendering rendering;
  private final MeasureSql measures;
  private final CellKeys keys;
  private final Function<Object, String> parameter;

  /**
   * @param parameter adds a value to the parameters of the statement and returns its place
   */
  CellSql(
      Question question,
      Rendering rendering,
      MeasureSql measures,
      CellKeys keys,
      Function<Object, String> parameter) {
    this.question = question;
    this.rendering = rendering;
    this.measures = measures;
    this.keys = keys;
    this.parameter = parameter;
  }

  /** The sums of the cells, and whether the display rule suppresses them. */
  String render(QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    String where =
        question.filters().isEmpty()
            ? ""
            : question.filters().stream()
                .map(filter -> SourceSql.condition(filter, rendering.tables().dialect(), parameter))
                .collect(joining(" AND ", " WHERE ", ""));
    String cells =
        """
        WITH %s AS (
          SELECT %s%s
          FROM (%s) b%s%s%s
        )\
        """
                .formatted(
                    plan.filled().isPresent() ? "found" : "cells",
                    keys.columns(i -> "b." + question.groupBy().get(i).id() + " AS g" + i),
                    Side.of(plan).stream().map(this::cellSums).collect(joining(", ")),
                    new SourceSql(question, measures.sums(), rendering, parameter)
                        .render(plan, difference.orElse(List.of())),
                    where,
                    groups(),
                    having(difference.isPresent()))
            + plan.filled().map(filled -> filledCells(plan, filled)).orElse("");
    String most = parameter.apply(rendering.threshold() - 1L);
    return plan.compared().isEmpty()
        ? "%s,\n%s".formatted(cells, shown("shown", plan, side(Side.ASKED, most)))
        : "%s,\n%s,\nshown AS (SELECT sides.*, %s FROM sides)"
            .formatted(cells, shown("sides", plan, bothSides(plan, most)), measures.bothSides());
  }

  /**
   * Renders the cells that are found and, of each group, one without figures for every other
   * period. A total of groups is a group too, a total of periods is not.
   */
  private String filledCells(QuestionPlan plan, FilledPeriods filled) {
    int period = question.groupBy().indexOf(question.filledPeriod().orElseThrow());
    String groups =
        IntStream.range(0, question.groupBy().size())
            .filter(i -> i != period)
            .mapToObj(i -> "g" + i)
            .collect(joining(", "));
    List<String> sums =
        Side.of(plan).stream().flatMap(side -> measures.sumNames(side).stream()).toList();
    return """
    ,
    cells AS (
      SELECT %1$s, %2$s, max(occurs) = 0 AS is_empty
      FROM (
        SELECT %1$s, %3$s, 1 AS occurs FROM found
        UNION ALL
        SELECT %1$s, %4$s, 0
        FROM (SELECT DISTINCT %5$s FROM found WHERE g%6$d IS NOT NULL) cell_groups
        CROSS JOIN (%7$s) all_periods(g%6$d)
      ) found_and_empty
      GROUP BY %1$s
    )\
    """
        .formatted(
            keys.all(),
            sums.stream()
                .map(sum -> "CAST(sum(%1$s) AS bigint) AS %1$s".formatted(sum))
                .collect(joining(", ")),
            String.join(", ", sums),
            sums.stream().map(sum -> "CAST(0 AS bigint)").collect(joining(", ")),
            groups.isEmpty() ? "1 AS everything" : groups,
            period,
            filled.rows());
  }

  private String cellSums(Side side) {
    return sums(column -> sum(side.of(column.id())) + " AS " + side.of(column.id()), ", ")
        + measures
            .rates()
            .stratumSums(side, level -> "b." + level.id(), sum -> "b." + side.of(sum.id()));
  }

  /** Renders cells with their codes, the given columns, and what rates are divided by. */
  private String shown(String name, QuestionPlan plan, String columns) {
    List<Denominators> denominators =
        Stream.concat(
                plan.denominators().stream(),
                plan.compared().stream().flatMap(compared -> compared.denominators().stream()))
            .toList();
    return """
    %s%s AS (
      SELECT %s%s FROM cells%s
    )\
    """
        .formatted(
            denominators.stream().map(of -> of.table() + ",\n").collect(joining()),
            name,
            keys.columns(i -> keys.hasTotals() ? keys.code(i) + " AS g" + i : keys.code(i)),
            plan.filled().isPresent() ? columns + ", is_empty" : columns,
            denominators.stream().map(of -> of.join(keys::code)).collect(joining()));
  }

  private String bothSides(QuestionPlan plan, String most) {
    return Side.of(plan).stream().map(side -> side(side, most)).collect(joining(", "))
        + ", %s AS %s"
            .formatted(
                measures.isNotPublished(plan.compared().orElseThrow().months()),
                MeasureSql.NOT_PUBLISHED);
  }

  /** The sums of a period, what its rates need, and whether the display rule suppresses them. */
  private String side(Side side, String most) {
    return sums(column -> side.of(column.id()), ", ")
        + measures.rates().columns(side)
        + ", "
        + MeasureSql.isSuppressed(side, most)
        + " AS "
        + side.of("suppressed");
  }

  private String sums(Function<SumColumn, String> column, String separator) {
    return measures.sums().stream().map(column).collect(joining(separator));
  }

  /** Zero when no row of the cell has a value for the sum. */
  private static String sum(String column) {
    return "CAST(coalesce(sum(b." + column + "), 0) AS bigint)";
  }

  private String having(boolean isDifference) {
    if (isDifference) {
      return " HAVING " + sums(column -> sum(column.id()) + " <> 0", " OR ");
    }
    return question.groupBy().isEmpty() || keys.hasTotals() ? " HAVING count(*) > 0" : "";
  }

  private String groups() {
    String codes =
        question.groupBy().stream().map(level -> "b." + level.id()).collect(joining(", "));
    return switch (question.totals()) {
      case NONE -> codes.isEmpty() ? "" : " GROUP BY " + codes;
      case GRAND -> " GROUP BY GROUPING SETS ((" + codes + "), ())";
      case ROLLUP -> " GROUP BY ROLLUP (" + codes + ")";
    };
  }
}
