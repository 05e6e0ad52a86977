package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Renders a planned question as SQL over the tables of one engine. To prevent SQL injection,
 * identifiers come only from the catalog's enums, and values are always parameters. Months are
 * selected by their imports.
 *
 * <p>Codes are ordered by length, then by text. This sorts numbers in ascending order, as users
 * expect, and is a total order that depends only on the codes. Totals come after all codes. Sort
 * keys and conditions use the displayed values: see {@link MeasureSql}.
 */
final class AggregateSql {
  private final Question question;
  private final int threshold;
  private final SourceTables tables;
  private final MeasureSql measures;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(Question question, int threshold, SourceTables tables) {
    this.question = question;
    this.threshold = threshold;
    this.tables = tables;
    this.measures = new MeasureSql(question, tables.dialect());
  }

  /**
   * Renders a page of an answer.
   *
   * @param plan a plan of at least one source
   * @param difference the imports to subtract, which leaves the cells whose result is not zero;
   *     empty if the question asks for the figures of one release
   */
  static PreparedQuestion page(
      Question question,
      int threshold,
      SourceTables tables,
      QuestionPlan plan,
      Optional<List<ReleaseImport>> difference) {
    return new AggregateSql(question, threshold, tables).renderPage(plan, difference);
  }

  /**
   * Renders all rows of an answer, up to the limit plus one: the extra row shows that the limit is
   * exceeded.
   *
   * @param plan a plan of at least one source
   */
  static StreamedQuestion stream(
      Question question, int threshold, SourceTables tables, QuestionPlan plan) {
    return new StreamedQuestion(
        new AggregateSql(question, threshold, tables).renderStream(plan),
        new AggregateSql(question, threshold, tables).renderSize(plan));
  }

  private PreparedQuestion renderStream(QuestionPlan plan) {
    return prepared(
        """
        -- name: all rows of an answer
        %s
        SELECT %s FROM page %s %s"""
            .formatted(allRows(plan), answerColumns(), orderBy(), limits()),
        plan);
  }

  private PreparedQuestion renderSize(QuestionPlan plan) {
    return prepared(
        """
        -- name: the number of rows of an answer
        %s,
        limited AS (SELECT 1 FROM page %s),
        counted AS (SELECT count(*) AS total FROM limited)%s
        SELECT %s AS imports, counted.total%s
        FROM counted%s"""
            .formatted(
                allRows(plan),
                limits(),
                ifRates(this::covers),
                tables.published(plan.imports(), this::parameter),
                ifRates(() -> ", covers.*"),
                ifRates(() -> " CROSS JOIN covers")),
        plan);
  }

  private String allRows(QuestionPlan plan) {
    return hasTotals()
        ? pageWithTotals(plan, Optional.empty(), Long.MAX_VALUE)
        : keptCells(plan, Optional.empty(), "page");
  }

  private String limits() {
    return "OFFSET %s LIMIT %s"
        .formatted(
            parameter(hasTotals() ? 0L : question.offset()), parameter(question.limit() + 1L));
  }

  private PreparedQuestion renderPage(QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    int limit = Math.min(question.limit(), Question.MAX_LIMIT);
    return prepared(
        """
        -- name: a page of an answer
        %s,
        seen AS (SELECT %s AS imports, count(*) AS total FROM kept),
        numbered AS (SELECT row_number() OVER (%s) AS line, %s FROM page)%s
        SELECT seen.imports, seen.total, numbered.*%s
        FROM seen%s LEFT JOIN numbered ON true
        ORDER BY numbered.line
        """
            .formatted(
                hasTotals()
                    ? pageWithTotals(plan, difference, question.offset() + limit)
                    : page(plan, difference, limit),
                tables.published(plan.imports(), this::parameter),
                orderBy(),
                answerColumns(),
                ifRates(this::covers),
                ifRates(() -> ", covers.*"),
                ifRates(() -> " CROSS JOIN covers")),
        plan);
  }

  private String ifRates(Supplier<String> part) {
    return measures.isOfRates() ? part.get() : "";
  }

  /** The numerators of the cells with a denominator, and of all cells. */
  private String covers() {
    return ",\ncovers AS (SELECT %s FROM shown%s)"
        .formatted(measures.coverage(), hasTotals() ? " WHERE NOT " + isTotalOfAny() : "");
  }

  private PreparedQuestion prepared(String sql, QuestionPlan plan) {
    return new PreparedQuestion(sql, parameters, question.groupBy(), question.measures(), plan);
  }

  /** The columns of a row of the answer. */
  private String answerColumns() {
    return columns(i -> "g" + i)
        + "suppressed, "
        + (question.fill() == Fill.NONE ? "" : "is_empty, ")
        + ifRates(() -> Rate.PEOPLE + " IS NULL AS without_people, ")
        + (question.isComparison() ? measures.comparedStatus() + " AS compared_status, " : "")
        + measures.columns();
  }

  /** Renders the cells of a page. */
  private String page(QuestionPlan plan, Optional<List<ReleaseImport>> difference, int limit) {
    return """
           %s,
           page AS (SELECT * FROM kept %s OFFSET %s LIMIT %s)"""
        .formatted(
            keptCells(plan, difference, "kept"),
            orderBy(),
            parameter(question.offset()),
            parameter((long) limit));
  }

  /**
   * Renders the rows of a page: the cells from the offset to the last position, and each total
   * whose first cell, in the order of the answer, is on the page. Pages are therefore divided by
   * cells alone, every total occurs on one page only, and a page has at most cells × levels totals.
   * A total is omitted when none of its cells meets the conditions. The grand total is the
   * exception: it is always on the first page.
   */
  private String pageWithTotals(
      QuestionPlan plan, Optional<List<ReleaseImport>> difference, long last) {
    String within =
        "position > " + parameter(question.offset()) + " AND position <= " + parameter(last);
    return
"""
%s,
kept AS (SELECT row_number() OVER (%s) AS position, shown.* FROM shown%s),
firsts AS (SELECT %scoalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (%s)),
page AS (
  SELECT * FROM kept WHERE %s
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON %s
  WHERE %s AND %s
)"""
        .formatted(
            shownCells(plan, difference),
            orderBy(),
            kept(),
            columns(i -> "coalesce(g%d, '%s') AS f%d".formatted(i, ReservedCodes.TOTAL, i)),
            keys(),
            within,
            IntStream.range(0, question.groupBy().size())
                .mapToObj(i -> "g" + i + " = f" + i)
                .collect(joining(" AND ")),
            isTotalOfAny(),
            within);
  }

  /** Renders the cells that meet the conditions, in no order. */
  private String keptCells(
      QuestionPlan plan, Optional<List<ReleaseImport>> difference, String name) {
    return "%s,\n%s AS (SELECT * FROM shown%s)"
        .formatted(shownCells(plan, difference), name, kept());
  }

  private String isTotalOfAny() {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(AggregateSql::isTotal)
        .collect(joining(" OR ", "(", ")"));
  }

  /** The sums of the cells, and whether the display rule suppresses them. */
  private String shownCells(QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    String where =
        question.filters().isEmpty()
            ? ""
            : question.filters().stream()
                .map(this::condition)
                .collect(joining(" AND ", " WHERE ", ""));
    String cells =
        """
        WITH %s AS (
          SELECT %s%s
          FROM (%s) b%s%s%s
        )"""
                .formatted(
                    plan.filled().isPresent() ? "found" : "cells",
                    columns(i -> "b." + question.groupBy().get(i).id() + " AS g" + i),
                    Side.of(plan).stream().map(this::cellSums).collect(joining(", ")),
                    new SourceSql(question, measures.sums(), tables, this::parameter)
                        .render(plan, difference.orElse(List.of())),
                    where,
                    groups(),
                    having(difference.isPresent()))
            + plan.filled().map(filled -> filledCells(plan, filled)).orElse("");
    String most = parameter((long) threshold - 1);
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
           )"""
        .formatted(
            keys(),
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
        + measures.stratumSums(side, level -> "b." + level.id(), sum -> "b." + side.of(sum.id()));
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
           )"""
        .formatted(
            denominators.stream().map(of -> of.table() + ",\n").collect(joining()),
            name,
            columns(i -> hasTotals() ? code(i) + " AS g" + i : code(i)),
            plan.filled().isPresent() ? columns + ", is_empty" : columns,
            denominators.stream().map(of -> of.join(this::code)).collect(joining()));
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
    return "%s%s, %s AS %s"
        .formatted(
            sums(column -> side.of(column.id()), ", "),
            measures.rateColumns(side),
            MeasureSql.isSuppressed(side, most),
            side.of("suppressed"));
  }

  private String sums(Function<SumColumn, String> column, String separator) {
    return measures.sums().stream().map(column).collect(joining(separator));
  }

  /** Zero when no row of the cell has a value for the sum. */
  private static String sum(String column) {
    return "CAST(coalesce(sum(b.%s), 0) AS bigint)".formatted(column);
  }

  private String having(boolean isDifference) {
    if (isDifference) {
      return " HAVING " + sums(column -> sum(column.id()) + " <> 0", " OR ");
    }
    return question.groupBy().isEmpty() || hasTotals() ? " HAVING count(*) > 0" : "";
  }

  private boolean hasTotals() {
    return question.totals() != Totals.NONE;
  }

  private String columns(IntFunction<String> column) {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(i -> column.apply(i) + ", ")
        .collect(joining());
  }

  /** The code of a cell or total; no code is null in an answer. */
  private String code(int i) {
    return hasTotals() ? "coalesce(g%d, '%s')".formatted(i, ReservedCodes.TOTAL) : "g" + i;
  }

  private String groups() {
    String keys =
        question.groupBy().stream().map(level -> "b." + level.id()).collect(joining(", "));
    return switch (question.totals()) {
      case NONE -> keys.isEmpty() ? "" : " GROUP BY " + keys;
      case GRAND -> " GROUP BY GROUPING SETS ((" + keys + "), ())";
      case ROLLUP -> " GROUP BY ROLLUP (" + keys + ")";
    };
  }

  private String keys() {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(i -> "g" + i)
        .collect(joining(", "));
  }

  /** Renders a total order: the sort keys of the question, then all grouped codes. */
  private String orderBy() {
    List<String> keys = new ArrayList<>();
    for (SortKey key : question.sort()) {
      String direction = key.descending() ? " DESC" : "";
      if (key.level().isPresent()) {
        addCode(keys, question.groupBy().indexOf(key.level().get()), direction);
      } else {
        keys.add(measures.value(key.measure().orElseThrow()) + direction + " NULLS LAST");
      }
    }
    for (int i = 0; i < question.groupBy().size(); i++) {
      addCode(keys, i, "");
    }
    return keys.isEmpty() ? "" : "ORDER BY " + String.join(", ", keys);
  }

  private void addCode(List<String> keys, int i, String direction) {
    if (hasTotals()) {
      keys.add(isTotal(i));
    }
    keys.add("length(g" + i + ")" + direction);
    keys.add("g" + i + direction);
  }

  static String isTotal(int i) {
    return "g%d = '%s'".formatted(i, ReservedCodes.TOTAL);
  }

  /**
   * Renders the {@code having} conditions. A row without a value meets none. Conditions filter
   * cells only: totals cover all cells, including those that do not meet the conditions.
   */
  private String kept() {
    List<String> conditions = new ArrayList<>();
    if (hasTotals()) {
      conditions.add("NOT " + isTotalOfAny());
    }
    question
        .having()
        .forEach(having -> conditions.add(measures.condition(having, this::parameter)));
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String condition(CodeFilter filter) {
    if (filter.level().dimension() == Dimension.MONTH) {
      throw new IllegalStateException("months are selected by imports");
    }
    String column = "b." + filter.level().id();
    String listed =
        filter.listed().stream().map(this::parameter).collect(joining(", ", " IN (", ")"));
    if (filter.openRanges().isEmpty()) {
      return column + (filter.excluded() ? " NOT" : "") + listed;
    }
    Stream<String> ranges =
        filter.openRanges().stream()
            .map(
                range ->
                    "%s BETWEEN %s AND %s"
                        .formatted(column, parameter(range.first()), parameter(range.last())));
    return Stream.concat(
            filter.listed().isEmpty() ? Stream.of() : Stream.of(column + listed), ranges)
        .collect(joining(" OR ", filter.excluded() ? "NOT (" : "(", ")"));
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
