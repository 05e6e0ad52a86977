package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Renders the measures of a question as SQL, including the display rule. This is the only place
 * where values are calculated. Answers, sort order and conditions use the same expressions, so that
 * the position of a suppressed row reveals nothing.
 */
final class MeasureSql {
  private static final SumColumn CELL_QUANTITY = SumColumn.ofAll(SourceMeasure.QUANTITY);

  private final Question question;
  private final SqlDialect dialect;

  MeasureSql(Question question, SqlDialect dialect) {
    this.question = question;
    this.dialect = dialect;
  }

  /** The sums that the values and the display rule need. */
  List<SumColumn> sums() {
    Set<SumColumn> sums = new LinkedHashSet<>();
    sums.add(CELL_QUANTITY);
    question.measures().forEach(measure -> sums.addAll(measure.sums()));
    return List.copyOf(sums);
  }

  /**
   * Renders the display rule: rows with a net quantity of 1 to 10 acts are suppressed. Only blocks
   * of opposite signs can add up to such a quantity.
   *
   * @param most placeholder of the highest suppressed quantity
   */
  static String isSuppressed(String most) {
    return "abs(" + CELL_QUANTITY.id() + ") BETWEEN 1 AND " + most;
  }

  /** Renders the values of a row, one column per measure. */
  String columns() {
    return question.measures().stream()
        .map(measure -> value(measure) + " AS " + measure.id())
        .collect(joining(", "));
  }

  /**
   * Renders the value of a row in units of its last decimal (cents, acts or millionths), or SQL
   * NULL without a value.
   */
  String value(Measure measure) {
    return "CASE WHEN suppressed%s THEN NULL ELSE %s END"
        .formatted(orUndefined(measure), measure.formula().sql(dialect, SumColumn::id));
  }

  /**
   * Renders a condition on the value of a row.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  String condition(Having having, Function<Object, String> parameter) {
    Measure measure = having.measure();
    return "%s %s CAST(%s AS decimal(38,6))"
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

  /** Rows of undisclosed services may cover several services; totals over services always do. */
  private String orSeveralServices() {
    int service = question.groupBy().indexOf(Level.SERVICE_CODE);
    if (service < 0) {
      return "";
    }
    return " OR g%d = '%s' OR g%d LIKE '%s%%'"
            .formatted(service, ReservedCodes.NOT_DISCLOSED, service, ReservedCodes.GROUP_PREFIX)
        + (question.totals() != Totals.NONE && !question.isOfOneService()
            ? " OR " + AggregateSql.isTotal(service)
            : "");
  }
}
