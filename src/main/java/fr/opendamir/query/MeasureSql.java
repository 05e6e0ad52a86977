package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The measures of a question as SQL, with the display rule: the one place where values are
 * calculated. Answers, order and conditions use the same expressions, so that a suppressed row
 * reveals nothing by its place.
 */
final class MeasureSql {
  private static final SumColumn CELL_QUANTITY = SumColumn.ofAll(SourceMeasure.QUANTITY);

  private final Question query;

  MeasureSql(Question query) {
    this.query = query;
  }

  /** The sums that the values and the display rule need. */
  List<SumColumn> sums() {
    Set<SumColumn> sums = new LinkedHashSet<>();
    sums.add(CELL_QUANTITY);
    query.measures().forEach(measure -> sums.addAll(measure.sums()));
    return List.copyOf(sums);
  }

  /**
   * The display rule: a net quantity of 1 to 10 acts, which only blocks of opposite signs can add
   * up to, is not shown.
   *
   * @param most parameter: the greatest quantity that is suppressed
   */
  static String isSuppressed(String most) {
    return "abs(" + CELL_QUANTITY.id() + ") BETWEEN 1 AND " + most;
  }

  /** The values of a row, one column for each measure. */
  String columns() {
    return query.measures().stream()
        .map(measure -> value(measure) + " AS " + measure.id())
        .collect(joining(", "));
  }

  /**
   * The value of a row in units of its last decimal: cents, acts, millionths; null where it has
   * none.
   */
  String value(Measure measure) {
    return "CASE WHEN suppressed%s THEN NULL ELSE %s END"
        .formatted(orUndefined(measure), measure.formula().sql(SumColumn::id));
  }

  /**
   * A condition on the value of a row.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  String condition(Having having, Function<Object, String> parameter) {
    Measure measure = having.measure();
    return "%s %s %s::numeric(38,6)"
        .formatted(
            value(measure),
            having.operator().sql(),
            parameter.apply(having.value().movePointRight(measure.decimals())));
  }

  private String orUndefined(Measure measure) {
    return switch (measure.coverage()) {
      case EVERY_CELL -> "";
      case ONE_SERVICE -> orSeveralServices();
    };
  }

  /** Rows of services that are not disclosed may hold several; totals of all services do. */
  private String orSeveralServices() {
    int service = query.groupBy().indexOf(Level.SERVICE_CODE);
    if (service < 0) {
      return "";
    }
    return " OR g%d = '%s' OR g%d LIKE '%s%%'"
            .formatted(service, ReservedCodes.NOT_DISCLOSED, service, ReservedCodes.GROUP_PREFIX)
        + (query.totals() != Totals.NONE && !query.isOfOneService()
            ? " OR " + AggregateSql.isTotal(service)
            : "");
  }
}
