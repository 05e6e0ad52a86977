package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Renders a planned question as SQL over rollups and blocks. To prevent SQL injection, identifiers
 * come only from the catalog's enums, and values are always parameters. Months are selected by the
 * ids of their imports, so that PostgreSQL reads no other partition.
 *
 * <p>Codes are ordered by length, then by text. This sorts numbers in ascending order, as users
 * expect, and is a total order that depends only on the codes. Totals come after all codes. Sort
 * keys and conditions use the displayed values: see {@link MeasureSql}.
 */
final class AggregateSql {
  private final Question question;
  private final boolean isDifference;
  private final int threshold;
  private final MeasureSql measures;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(Question question, boolean isDifference, int threshold) {
    this.question = question;
    this.isDifference = isDifference;
    this.threshold = threshold;
    this.measures = new MeasureSql(question);
  }

  /** Renders the sums of the rows of a plan. */
  static PreparedQuestion sum(Question question, int threshold, QuestionPlan plan) {
    return new AggregateSql(question, false, threshold).render(plan, List.of());
  }

  /**
   * Renders the sums of the imports of a plan, with the subtracted imports counted negatively, for
   * the cells where the result is not zero.
   *
   * @param subtracted ids of the imports to subtract
   */
  static PreparedQuestion difference(
      Question question, int threshold, QuestionPlan plan, List<Long> subtracted) {
    return new AggregateSql(question, true, threshold).render(plan, subtracted);
  }

  /**
   * Renders all rows of a plan, up to the limit plus one: the extra row shows that the limit is
   * exceeded.
   */
  static PreparedQuestion stream(Question question, int threshold, QuestionPlan plan) {
    return new AggregateSql(question, false, threshold).renderStream(plan);
  }

  private PreparedQuestion renderStream(QuestionPlan plan) {
    return prepared(
        """
        -- name: stream blocks or rollups
        %s
        SELECT %s FROM page %s LIMIT %s"""
            .formatted(
                page(plan, "", Long.MAX_VALUE),
                answerColumns(),
                orderBy(),
                parameter(question.limit() + 1L)),
        plan);
  }

  private PreparedQuestion render(QuestionPlan plan, List<Long> subtracted) {
    String sign =
        isDifference
            ? " * CASE WHEN b.import_id = ANY ("
                + parameter(subtracted.toArray(Long[]::new))
                + ") THEN -1 ELSE 1 END"
            : "";
    return prepared(
        """
        -- name: aggregate blocks or rollups
        %s,
        seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY (%s)),
        numbered AS (SELECT row_number() OVER (%s) AS line, %s FROM page)
        SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
        FROM seen LEFT JOIN numbered ON true
        ORDER BY numbered.line
        """
            .formatted(
                page(
                    plan, sign, question.offset() + Math.min(question.limit(), Question.MAX_LIMIT)),
                parameter(plan.imports().toArray(Long[]::new)),
                orderBy(),
                answerColumns()),
        plan);
  }

  private PreparedQuestion prepared(String sql, QuestionPlan plan) {
    return new PreparedQuestion(
        sql, parameters, question.groupBy(), question.measures(), plan.imports());
  }

  /** The columns of a row of the answer. */
  private String answerColumns() {
    return columns(i -> "g" + i) + "suppressed, " + measures.columns();
  }

  /**
   * Renders the rows of a page: the cells from the offset to the last position, and each total
   * whose first cell, in the order of the answer, is on the page. Pages are therefore divided by
   * cells alone, every total occurs on one page only, and a page has at most cells × levels totals.
   * A total is omitted when none of its cells meets the conditions. The grand total is the
   * exception: it is always on the first page.
   */
  private String page(QuestionPlan plan, String sign, long last) {
    String within = "%s > " + parameter(question.offset()) + " AND %s <= " + parameter(last);
    String cells =
        """
        %s,
        kept AS (SELECT row_number() OVER (%s) AS position, shown.* FROM shown%s)"""
            .formatted(shownCells(plan, sign), orderBy(), kept());
    String page = "SELECT * FROM kept WHERE " + within.formatted("position", "position");
    if (!hasTotals()) {
      return cells + ",\npage AS (" + page + ")";
    }
    return """
        %s,
        firsts AS (SELECT %scoalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (%s)),
        page AS (
          %s
          UNION ALL
          SELECT position, shown.* FROM shown JOIN firsts ON %s
          WHERE %s AND %s
        )"""
        .formatted(
            cells,
            columns(i -> "coalesce(g%d, '%s') AS f%d".formatted(i, ReservedCodes.TOTAL, i)),
            keys(),
            page,
            IntStream.range(0, question.groupBy().size())
                .mapToObj(i -> "g" + i + " = f" + i)
                .collect(joining(" AND ")),
            isTotalOfAny(),
            within.formatted("position", "position"));
  }

  private String isTotalOfAny() {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(AggregateSql::isTotal)
        .collect(joining(" OR ", "(", ")"));
  }

  /** The sums of the cells, and whether the display rule suppresses them. */
  private String shownCells(QuestionPlan plan, String sign) {
    String where =
        question.filters().isEmpty()
            ? ""
            : question.filters().stream()
                .map(this::condition)
                .collect(joining(" AND ", "WHERE ", ""));
    return """
        WITH cells AS (
          SELECT %s%s
          FROM (%s) b
          %s %s %s
        ),
        shown AS (
          SELECT %s%s, %s AS suppressed FROM cells
        )"""
        .formatted(
            columns(this::grouped),
            sums(column -> sum(column, sign) + " AS " + column.id(), ", "),
            new SourceSql(question, measures.sums(), this::parameter).render(plan),
            where,
            groups(),
            having(sign),
            columns(this::shown),
            sums(SumColumn::id, ", "),
            MeasureSql.isSuppressed(parameter((long) threshold - 1)));
  }

  private String sums(Function<SumColumn, String> column, String separator) {
    return measures.sums().stream().map(column).collect(joining(separator));
  }

  /** Zero when no row of the cell has a value for the sum. */
  private static String sum(SumColumn column, String sign) {
    return "coalesce(sum(b.%s%s), 0)::bigint".formatted(column.id(), sign);
  }

  private String having(String sign) {
    if (isDifference) {
      return " HAVING " + sums(column -> sum(column, sign) + " <> 0", " OR ");
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

  private String grouped(int i) {
    return expression(question.groupBy().get(i)) + " AS g" + i;
  }

  private String shown(int i) {
    return hasTotals()
        ? "coalesce(g%d, '%s') AS g%d".formatted(i, ReservedCodes.TOTAL, i)
        : "g" + i;
  }

  private String groups() {
    return switch (question.totals()) {
      case NONE -> question.groupBy().isEmpty() ? "" : "GROUP BY " + keys();
      case GRAND -> "GROUP BY GROUPING SETS ((" + keys() + "), ())";
      case ROLLUP -> "GROUP BY ROLLUP (" + keys() + ")";
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

  private static String expression(Level level) {
    return switch (level) {
      case YEAR -> "left(b.month, 4)";
      case QUARTER -> "left(b.month, 4) || '-Q' || ((substr(b.month, 6, 2)::int + 2) / 3)";
      default -> "b." + level.id();
    };
  }

  private String condition(CodeFilter filter) {
    if (filter.level().dimension() == Dimension.MONTH) {
      throw new IllegalStateException("months are selected by imports");
    }
    String codes = parameter(filter.codes().toArray(String[]::new));
    return expression(filter.level())
        + (filter.excluded() ? " <> ALL (" : " = ANY (")
        + codes
        + ")";
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
