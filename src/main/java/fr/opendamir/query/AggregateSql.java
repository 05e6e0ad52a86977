package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
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
 * <p>Codes are ordered by their length, then themselves: numbers ascending, as readers expect, and
 * a total order that depends on nothing but the codes. Order and conditions see no more of a cell
 * than readers do: one that is suppressed has no figure.
 */
final class AggregateSql {
  private final AggregateQuery query;
  private final boolean isDifference;
  private final int threshold;
  private final List<Object> parameters = new ArrayList<>();

  private AggregateSql(AggregateQuery query, boolean isDifference, int threshold) {
    this.query = query;
    this.isDifference = isDifference;
    this.threshold = threshold;
  }

  /** What the blocks of the imports add up to. */
  static PreparedQuestion sum(AggregateQuery query, int threshold, List<Long> imports) {
    return new AggregateSql(query, false, threshold).render(imports, List.of());
  }

  /**
   * What the blocks of some imports add up to less those of others, in the cells where that is not
   * zero.
   */
  static PreparedQuestion difference(
      AggregateQuery query, int threshold, List<Long> added, List<Long> subtracted) {
    return new AggregateSql(query, true, threshold).render(added, subtracted);
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
        shown AS (
          SELECT cells.*, abs(all_quantity) BETWEEN 1 AND %s AS suppressed FROM cells
        ),
        kept AS (SELECT row_number() OVER (%s) AS position, shown.* FROM shown%s),
        seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY (%s))
        SELECT seen.imports, (SELECT count(*) FROM kept) AS total, page.*
        FROM seen LEFT JOIN (SELECT * FROM kept WHERE position > %s AND position <= %s) page ON true
        ORDER BY page.position
        """
            .formatted(
                columns(this::grouped),
                sums.stream().map(column -> sum(column, sign)).collect(joining(", ")),
                joins(),
                imports,
                where,
                query.groupBy().isEmpty() ? "" : "GROUP BY " + keys(),
                having(sums, sign),
                parameter((long) threshold - 1),
                orderBy(),
                kept(),
                imports,
                parameter(query.offset()),
                parameter(query.offset() + query.limit()));
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
    return expression(column, sign) + " AS " + name(column);
  }

  private static String name(SumColumn column) {
    return (column.careOnly() ? "care_" : "all_") + column.measure().id();
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

  /** A total order: what was asked for, then all grouped codes. */
  private String orderBy() {
    List<String> keys = new ArrayList<>();
    for (SortKey key : query.sort()) {
      String direction = key.descending() ? " DESC" : "";
      if (key.level().isPresent()) {
        int i = query.groupBy().indexOf(key.level().get());
        keys.add("length(g" + i + ")" + direction);
        keys.add("g" + i + direction);
      } else {
        keys.add(value(key.measure().orElseThrow()) + direction + " NULLS LAST");
      }
    }
    for (int i = 0; i < query.groupBy().size(); i++) {
      keys.add("length(g" + i + ")");
      keys.add("g" + i);
    }
    return keys.isEmpty() ? "" : "ORDER BY " + String.join(", ", keys);
  }

  /** Conditions compare what is shown: a suppressed cell has no figure, and meets none. */
  private String kept() {
    return query.having().isEmpty()
        ? ""
        : query.having().stream()
            .map(
                having ->
                    "%s %s %s"
                        .formatted(
                            value(having.measure()),
                            having.operator().sql(),
                            parameter(inSqlUnit(having))))
            .collect(joining(" AND ", " WHERE ", ""));
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
    List<SumColumn> needed = needed(measure);
    String first = "coalesce(" + name(needed.get(0)) + ", 0)::numeric";
    String value = first;
    if (needed.size() > 1) {
      String second = "coalesce(" + name(needed.get(1)) + ", 0)::numeric";
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
    return service < 0
        ? ""
        : " OR g%d = '%s' OR g%d LIKE '%s%%'"
            .formatted(service, ReservedCodes.NOT_DISCLOSED, service, ReservedCodes.GROUP_PREFIX);
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
