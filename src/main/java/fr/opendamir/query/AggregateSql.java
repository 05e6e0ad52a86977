package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
  private final SourceTables tables;
  private final MeasureSql measures;
  private final CellKeys keys;
  private final CellSql cells;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(Question question, Rendering rendering) {
    this.question = question;
    this.tables = rendering.tables();
    this.measures = new MeasureSql(question, tables.dialect());
    this.keys = new CellKeys(question);
    this.cells = new CellSql(question, rendering, measures, keys, this::parameter);
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
      Rendering rendering,
      QuestionPlan plan,
      Optional<List<ReleaseImport>> difference) {
    return new AggregateSql(question, rendering).renderPage(plan, difference);
  }

  /**
   * Renders all rows of an answer, up to the limit plus one: the extra row shows that the limit is
   * exceeded.
   *
   * @param plan a plan of at least one source
   */
  static StreamedQuestion stream(Question question, Rendering rendering, QuestionPlan plan) {
    return new StreamedQuestion(
        new AggregateSql(question, rendering).renderStream(plan),
        new AggregateSql(question, rendering).renderSize(plan));
  }

  private PreparedQuestion renderStream(QuestionPlan plan) {
    return prepared(
        """
        -- name: all rows of an answer
        %s
        SELECT %s FROM page %s %s\
        """
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
        FROM counted%s\
        """
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
    return keys.hasTotals()
        ? pageWithTotals(plan, Optional.empty(), Long.MAX_VALUE)
        : keptCells(plan, Optional.empty(), "page");
  }

  private String limits() {
    return "OFFSET %s LIMIT %s"
        .formatted(
            parameter(keys.hasTotals() ? 0L : question.offset()), parameter(question.limit() + 1L));
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
                keys.hasTotals()
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
    return measures.rates().isAsked() ? part.get() : "";
  }

  /** The numerators of the cells with a denominator, and of all cells. */
  private String covers() {
    return ",\ncovers AS (SELECT %s FROM shown%s)"
        .formatted(
            measures.rates().coverage(),
            keys.hasTotals() ? " WHERE NOT " + keys.isTotalOfAny() : "");
  }

  private PreparedQuestion prepared(String sql, QuestionPlan plan) {
    return new PreparedQuestion(sql, parameters, question.groupBy(), question.measures(), plan);
  }

  /** The columns of a row of the answer. */
  private String answerColumns() {
    return keys.columns(i -> "g" + i)
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
    page AS (SELECT * FROM kept %s OFFSET %s LIMIT %s)\
    """
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
)\
"""
        .formatted(
            cells.render(plan, difference),
            orderBy(),
            kept(),
            keys.columns(i -> "coalesce(g%d, '%s') AS f%d".formatted(i, ReservedCodes.TOTAL, i)),
            keys.all(),
            within,
            IntStream.range(0, question.groupBy().size())
                .mapToObj(i -> "g" + i + " = f" + i)
                .collect(joining(" AND ")),
            keys.isTotalOfAny(),
            within);
  }

  /** Renders the cells that meet the conditions, in no order. */
  private String keptCells(
      QuestionPlan plan, Optional<List<ReleaseImport>> difference, String name) {
    return "%s,\n%s AS (SELECT * FROM shown%s)"
        .formatted(cells.render(plan, difference), name, kept());
  }

  /** Renders a total order: the sort keys of the question, then all grouped codes. */
  private String orderBy() {
    List<String> order = new ArrayList<>();
    for (SortKey key : question.sort()) {
      String direction = key.descending() ? " DESC" : "";
      if (key.level().isPresent()) {
        addCode(order, question.groupBy().indexOf(key.level().get()), direction);
      } else {
        order.add(measures.value(key.measure().orElseThrow()) + direction + " NULLS LAST");
      }
    }
    for (int i = 0; i < question.groupBy().size(); i++) {
      addCode(order, i, "");
    }
    return order.isEmpty() ? "" : "ORDER BY " + String.join(", ", order);
  }

  private void addCode(List<String> order, int i, String direction) {
    if (keys.hasTotals()) {
      order.add(CellKeys.isTotal(i));
    }
    order.add("length(g" + i + ")" + direction);
    order.add("g" + i + direction);
  }

  /**
   * Renders the {@code having} conditions. A row without a value meets none. Conditions filter
   * cells only: totals cover all cells, including those that do not meet the conditions.
   */
  private String kept() {
    List<String> conditions = new ArrayList<>();
    if (keys.hasTotals()) {
      conditions.add("NOT " + keys.isTotalOfAny());
    }
    question
        .having()
        .forEach(having -> conditions.add(measures.condition(having, this::parameter)));
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
