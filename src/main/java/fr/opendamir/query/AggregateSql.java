package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Renders a question as SQL over blocks. Identifiers come from the catalog's enums only, values are
 * parameters only. Months are chosen by the imports that hold them, so that PostgreSQL reads no
 * other partition.
 *
 * <p>Cells are ordered by the length of their codes, then the codes: numbers ascending, as readers
 * expect, and a total order that depends on nothing but the codes.
 */
final class AggregateSql {
  private final AggregateQuery query;
  private final boolean isDifference;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(AggregateQuery query, boolean isDifference) {
    this.query = query;
    this.isDifference = isDifference;
  }

  /** What the blocks of the imports add up to. */
  static PreparedQuestion sum(AggregateQuery query, List<Long> imports) {
    return new AggregateSql(query, false).render(imports, List.of());
  }

  /**
   * What the blocks of some imports add up to less those of others, in the cells where that is not
   * zero.
   */
  static PreparedQuestion difference(
      AggregateQuery query, List<Long> added, List<Long> subtracted) {
    return new AggregateSql(query, true).render(added, subtracted);
  }

  private PreparedQuestion render(List<Long> added, List<Long> subtracted) {
    List<SumColumn> sums = sums();
    List<Long> importIds = Stream.concat(added.stream(), subtracted.stream()).toList();
    String imports = parameter(importIds.toArray(Long[]::new));
    String sign =
        isDifference
            ? " * CASE WHEN b.import_id = ANY ("
                + parameter(subtracted.toArray(Long[]::new))
                + ") THEN -1 ELSE 1 END"
            : "";
    String where =
        query.filters().stream().map(this::condition).map(c -> " AND " + c).collect(joining());
    String sql =
        """
        -- name: aggregate blocks
        WITH cells AS (
          SELECT %s%s
          FROM figures.block b%s
          WHERE b.import_id = ANY (%s)%s
          %s%s
        ),
        seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY (%s))
        SELECT seen.imports, page.*
        FROM seen LEFT JOIN (
          SELECT count(*) OVER () AS total, cells.* FROM cells%s LIMIT %s
        ) page ON true%s
        """
            .formatted(
                columns(this::grouped),
                sums.stream().map(column -> sum(column, sign)).collect(joining(", ")),
                joins(),
                imports,
                where,
                query.groupBy().isEmpty() ? "" : "GROUP BY " + keys(),
                having(sums, sign),
                imports,
                orderBy("cells"),
                parameter((long) query.limit()),
                orderBy("page"));
    return new PreparedQuestion(sql, parameters, query.groupBy(), sums, importIds.size());
  }

  /** The quantity of the whole cell is always among them: the display rule needs it. */
  private List<SumColumn> sums() {
    Set<SumColumn> sums = new LinkedHashSet<>();
    sums.add(new SumColumn(SourceMeasure.QUANTITY, false));
    for (Measure measure : query.measures()) {
      sums.addAll(needed(measure));
    }
    return List.copyOf(sums);
  }

  static List<SumColumn> needed(Measure measure) {
    Formula formula = measure.formula();
    boolean careOnly = measure.isScopedToCare();
    if (formula instanceof Formula.Sum sum) {
      return List.of(new SumColumn(sum.of(), careOnly));
    }
    if (formula instanceof Formula.Difference difference) {
      return List.of(
          new SumColumn(difference.minuend(), careOnly),
          new SumColumn(difference.subtrahend(), careOnly));
    }
    if (formula instanceof Formula.Ratio ratio) {
      return List.of(
          new SumColumn(ratio.dividend(), careOnly), new SumColumn(ratio.divisor(), careOnly));
    }
    return List.of(
        new SumColumn(((Formula.PerAct) formula).amount(), careOnly),
        new SumColumn(SourceMeasure.QUANTITY, careOnly));
  }

  private static String sum(SumColumn column, String sign) {
    return expression(column, sign)
        + " AS "
        + (column.careOnly() ? "care_" : "all_")
        + column.measure().id();
  }

  private static String expression(SumColumn column, String sign) {
    return "sum(b.%s%s)%s::bigint"
        .formatted(
            column.measure().id(),
            sign,
            column.careOnly()
                ? " FILTER (WHERE sl.service_kind IN ('care', 'participation'))"
                : "");
  }

  private String having(List<SumColumn> sums, String sign) {
    if (isDifference) {
      return " HAVING "
          + sums.stream()
              .map(column -> "coalesce(" + expression(column, sign) + ", 0) <> 0")
              .collect(joining(" OR "));
    }
    return query.groupBy().isEmpty() ? " HAVING count(*) > 0" : "";
  }

  private String columns(IntFunction<String> column) {
    return IntStream.range(0, query.groupBy().size())
        .mapToObj(i -> column.apply(i) + ", ")
        .collect(joining());
  }

  private String grouped(int i) {
    return expression(query.groupBy().get(i)) + " AS g" + i;
  }

  private String keys() {
    return IntStream.range(0, query.groupBy().size()).mapToObj(i -> "g" + i).collect(joining(", "));
  }

  private String orderBy(String table) {
    if (query.groupBy().isEmpty()) {
      return "";
    }
    return " ORDER BY "
        + IntStream.range(0, query.groupBy().size())
            .mapToObj(i -> "length(%s.g%d), %s.g%d".formatted(table, i, table, i))
            .collect(joining(", "));
  }

  private String joins() {
    String joins = "";
    if (uses(Level.SERVICE_GROUP) || uses(Level.SERVICE_KIND) || isScoped()) {
      joins += " LEFT JOIN figures.service_level sl ON sl.service = b.service";
    }
    if (uses(Level.EXEMPTION_GROUP)) {
      joins += " LEFT JOIN figures.exemption_level el ON el.exemption = b.exemption";
    }
    return joins;
  }

  private boolean uses(Level level) {
    return query.groupBy().contains(level)
        || query.filters().stream().anyMatch(filter -> filter.level() == level);
  }

  private boolean isScoped() {
    return query.measures().stream().anyMatch(Measure::isScopedToCare);
  }

  private static String expression(Level level) {
    return switch (level) {
      case SERVICE_GROUP -> "sl.service_group";
      case SERVICE_KIND -> "sl.service_kind";
      case EXEMPTION_GROUP -> "el.exemption_group";
      case YEAR -> "left(b.month, 4)";
      case QUARTER -> "left(b.month, 4) || '-Q' || ((substr(b.month, 6, 2)::int + 2) / 3)";
      default -> "b." + level.dimension().id();
    };
  }

  private String condition(CodeFilter filter) {
    if (filter.level().dimension() == Dimension.MONTH) {
      throw new IllegalStateException("months are chosen by imports");
    }
    String codes = parameter(filter.codes().toArray(String[]::new));
    return filter.excluded()
        ? expression(filter.level()) + " <> ALL (" + codes + ")"
        : expression(filter.level()) + " = ANY (" + codes + ")";
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }
}
