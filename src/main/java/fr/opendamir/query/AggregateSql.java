package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Renders a planned question as SQL over rollups and blocks. Identifiers come from the catalog's
 * enums only, values are parameters only. Months are chosen by the imports that hold them, so that
 * PostgreSQL reads no other partition.
 *
 * <p>Codes are ordered by their length, then themselves: numbers ascending, as readers expect, and
 * a total order that depends on nothing but the codes; totals come after all codes. Order and
 * conditions see no more of a cell than readers do: one that is suppressed has no figure.
 */
final class AggregateSql {
  private final Question query;
  private final boolean isDifference;
  private final int threshold;
  private final List<SumColumn> sums;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(Question query, boolean isDifference, int threshold) {
    this.query = query;
    this.isDifference = isDifference;
    this.threshold = threshold;
    this.sums = sums(query);
  }

  /** What the rows of a plan add up to. */
  static PreparedQuestion sum(Question query, int threshold, QuestionPlan plan) {
    return new AggregateSql(query, false, threshold).render(plan, List.of());
  }

  /**
   * What some imports of a plan add up to less the others, in the cells where that is not zero.
   *
   * @param subtracted the others
   */
  static PreparedQuestion difference(
      Question query, int threshold, QuestionPlan plan, List<Long> subtracted) {
    return new AggregateSql(query, true, threshold).render(plan, subtracted);
  }

  /** All that the rows of a plan add up to, and a row more where that is too much. */
  static PreparedStream stream(Question query, int threshold, QuestionPlan plan) {
    return new AggregateSql(query, false, threshold).renderStream(plan);
  }

  private PreparedStream renderStream(QuestionPlan plan) {
    String sql =
        """
        -- name: stream blocks or rollups
        %s
        SELECT %s FROM page %s LIMIT %s"""
            .formatted(
                page(plan, "", Long.MAX_VALUE),
                columns(),
                orderBy(),
                parameter(query.limit() + 1L));
    return new PreparedStream(sql, parameters, query.groupBy(), sums, plan.imports());
  }

  private PreparedQuestion render(QuestionPlan plan, List<Long> subtracted) {
    List<Long> importIds = plan.imports();
    String sign =
        isDifference
            ? " * CASE WHEN b.import_id = ANY ("
                + parameter(subtracted.toArray(Long[]::new))
                + ") THEN -1 ELSE 1 END"
            : "";
    String sql =
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
                page(plan, sign, query.offset() + Math.min(query.limit(), Question.MAX_LIMIT)),
                parameter(importIds.toArray(Long[]::new)),
                orderBy(),
                columns());
    return new PreparedQuestion(sql, parameters, query.groupBy(), sums, importIds.size());
  }

  /** The columns of a row, without what only the statement needs. */
  private String columns() {
    return columns(i -> "g" + i) + sums.stream().map(SumColumn::id).collect(joining(", "));
  }

  /**
   * The rows of a page: the cells from an offset to a last one, and the totals whose first cell, in
   * the order of the answer, is among these. So pages are cut by cells alone, have every total
   * once, and not more totals than cells times levels. A total of no cell that is kept is left out,
   * but for that of everything, which is always on the first page.
   */
  private String page(QuestionPlan plan, String sign, long last) {
    String within = "%s > " + parameter(query.offset()) + " AND %s <= " + parameter(last);
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
            IntStream.range(0, query.groupBy().size())
                .mapToObj(i -> "g" + i + " = f" + i)
                .collect(joining(" AND ")),
            isTotalOfAny(),
            within.formatted("position", "position"));
  }

  private String isTotalOfAny() {
    return IntStream.range(0, query.groupBy().size())
        .mapToObj(AggregateSql::isTotal)
        .collect(joining(" OR ", "(", ")"));
  }

  /** The cells and whether they are suppressed: how every statement begins. */
  private String shownCells(QuestionPlan plan, String sign) {
    String where =
        query.filters().isEmpty()
            ? ""
            : query.filters().stream().map(this::condition).collect(joining(" AND ", "WHERE ", ""));
    return """
        WITH cells AS (
          SELECT %s%s
          FROM (%s) b
          %s %s %s
        ),
        shown AS (
          SELECT %s%s, abs(all_quantity) BETWEEN 1 AND %s AS suppressed FROM cells
        )"""
        .formatted(
            columns(this::grouped),
            sums.stream().map(column -> sum(column, sign)).collect(joining(", ")),
            new SourceSql(query, sums, this::parameter).render(plan),
            where,
            groups(),
            having(sign),
            columns(this::shown),
            sums.stream().map(SumColumn::id).collect(joining(", ")),
            parameter((long) threshold - 1));
  }

  /** The quantity of the whole cell is always among them: the display rule needs it. */
  private static List<SumColumn> sums(Question query) {
    Set<SumColumn> sums = new LinkedHashSet<>();
    sums.add(new SumColumn(SourceMeasure.QUANTITY, false));
    for (Measure measure : query.measures()) {
      sums.addAll(measure.sums());
    }
    return List.copyOf(sums);
  }

  private static String sum(SumColumn column, String sign) {
    return expression(column, sign) + " AS " + column.id();
  }

  private static String expression(SumColumn column, String sign) {
    return "sum(b.%s%s)::bigint".formatted(column.id(), sign);
  }

  private String having(String sign) {
    if (isDifference) {
      return " HAVING "
          + sums.stream()
              .map(column -> "coalesce(" + expression(column, sign) + ", 0) <> 0")
              .collect(joining(" OR "));
    }
    return query.groupBy().isEmpty() || hasTotals() ? " HAVING count(*) > 0" : "";
  }

  private boolean hasTotals() {
    return query.totals() != Totals.NONE;
  }

  private String columns(IntFunction<String> column) {
    return IntStream.range(0, query.groupBy().size())
        .mapToObj(i -> column.apply(i) + ", ")
        .collect(joining());
  }

  private String grouped(int i) {
    return expression(query.groupBy().get(i)) + " AS g" + i;
  }

  private String shown(int i) {
    return hasTotals()
        ? "coalesce(g%d, '%s') AS g%d".formatted(i, ReservedCodes.TOTAL, i)
        : "g" + i;
  }

  private String groups() {
    return switch (query.totals()) {
      case NONE -> query.groupBy().isEmpty() ? "" : "GROUP BY " + keys();
      case GRAND -> "GROUP BY GROUPING SETS ((" + keys() + "), ())";
      case ROLLUP -> "GROUP BY ROLLUP (" + keys() + ")";
    };
  }

  private String keys() {
    return IntStream.range(0, query.groupBy().size()).mapToObj(i -> "g" + i).collect(joining(", "));
  }

  /** A total order: what was asked for, then all grouped codes. */
  private String orderBy() {
    List<String> keys = new ArrayList<>();
    for (SortKey key : query.sort()) {
      String direction = key.descending() ? " DESC" : "";
      if (key.level().isPresent()) {
        addCode(keys, query.groupBy().indexOf(key.level().get()), direction);
      } else {
        keys.add(value(key.measure().orElseThrow()) + direction + " NULLS LAST");
      }
    }
    for (int i = 0; i < query.groupBy().size(); i++) {
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

  private static String isTotal(int i) {
    return "g%d = '%s'".formatted(i, ReservedCodes.TOTAL);
  }

  /**
   * Conditions compare what is shown: a suppressed cell has no figure, and meets none. Totals are
   * no cells, and of everything, whatever cells are kept.
   */
  private String kept() {
    List<String> conditions = new ArrayList<>();
    if (hasTotals()) {
      conditions.add("NOT " + isTotalOfAny());
    }
    for (Having having : query.having()) {
      conditions.add(
          "%s %s %s"
              .formatted(
                  value(having.measure()), having.operator().sql(), parameter(inSqlUnit(having))));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Amounts are cents in the database. */
  private static BigDecimal inSqlUnit(Having having) {
    Formula formula = having.measure().formula();
    boolean isAmount =
        formula instanceof Formula.Difference
            || formula instanceof Formula.PerAct
            || (formula instanceof Formula.Sum sum && sum.of().isAmount());
    return isAmount ? having.value().movePointRight(2) : having.value();
  }

  /** What the row shows of a measure, in cents, acts or as a ratio; null where it shows nothing. */
  private String value(Measure measure) {
    List<SumColumn> needed = measure.sums();
    String first = "coalesce(" + needed.get(0).id() + ", 0)::numeric";
    String value = first;
    if (needed.size() > 1) {
      String second = "coalesce(" + needed.get(1).id() + ", 0)::numeric";
      if (measure.formula() instanceof Formula.Difference) {
        value = first + " - " + second;
      } else {
        value = "round(" + first + " / nullif(" + second + ", 0), " + scale(measure) + ")";
      }
    }
    return "CASE WHEN suppressed%s THEN NULL ELSE %s END"
        .formatted(measure.formula() instanceof Formula.PerAct ? severalServices() : "", value);
  }

  /** An average is shown to the cent, which is what it is compared by. */
  private static int scale(Measure measure) {
    return measure.formula() instanceof Formula.PerAct ? 0 : measure.decimals();
  }

  private String severalServices() {
    int service = query.groupBy().indexOf(Level.SERVICE_CODE);
    if (service < 0) {
      return "";
    }
    return " OR g%d = '%s' OR g%d LIKE '%s%%'"
            .formatted(service, ReservedCodes.NOT_DISCLOSED, service, ReservedCodes.GROUP_PREFIX)
        + (hasTotals() && !query.isOfOneService() ? " OR " + isTotal(service) : "");
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
      throw new IllegalStateException("months are chosen by imports");
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
