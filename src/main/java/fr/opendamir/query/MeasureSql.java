package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Renders the measures of a question as SQL, including the display rule. This is the only place
 * where values are calculated. Answers, sort order and conditions use the same expressions, so that
 * the position of a suppressed row reveals nothing.
 */
final class MeasureSql {
  /** The column of {@link #isNotPublished}. */
  static final String NOT_PUBLISHED = "then_missing";

  private static final SumColumn CELL_QUANTITY = SumColumn.ofAll(SourceMeasure.QUANTITY);

  private final Question question;
  private final SqlDialect dialect;
  private final RateSql rates;

  MeasureSql(Question question, SqlDialect dialect) {
    this.question = question;
    this.dialect = dialect;
    this.rates = new RateSql(question, dialect);
  }

  /** The sums that the values and the display rule need. */
  List<SumColumn> sums() {
    Set<SumColumn> sums = new LinkedHashSet<>();
    sums.add(CELL_QUANTITY);
    question.measures().forEach(measure -> sums.addAll(measure.sums()));
    return List.copyOf(sums);
  }

  /** The names of all sums over cells, also over strata. */
  List<String> sumNames(Side side) {
    return Stream.concat(
            sums().stream().map(sum -> side.of(sum.id())), rates.stratumNames(side).stream())
        .toList();
  }

  /** The sums over strata and further columns that rates need. */
  RateSql rates() {
    return rates;
  }

  /**
   * Renders the display rule: rows with a net quantity of 1 to 10 acts are suppressed. Only blocks
   * of opposite signs can add up to such a quantity.
   *
   * @param most placeholder of the highest suppressed quantity
   */
  static String isSuppressed(Side side, String most) {
    return "abs(" + side.of(CELL_QUANTITY.id()) + ") BETWEEN 1 AND " + most;
  }

  /** Renders the values of a row, one column per value. */
  String columns() {
    return question.values().stream()
        .map(value -> value(value) + " AS " + value.id())
        .collect(joining(", "));
  }

  /**
   * Renders a value of a row in units of its last decimal (cents, acts or millionths), or SQL NULL
   * without a value.
   */
  String value(MeasureValue value) {
    if (!question.isComparison()) {
      return value(value.measure(), Side.ASKED);
    }
    String asked = value.measure().id();
    String compared = new MeasureValue(value.measure(), MeasureValue.Kind.COMPARED).id();
    String change = "(" + asked + " - " + compared + ")";
    return switch (value.kind()) {
      case ASKED, COMPARED -> value.id();
      case CHANGE -> change;
      case CHANGE_RATE ->
          "CASE WHEN %s > 0 THEN %s END"
              .formatted(compared, Formula.quotient(dialect, change, compared, value.decimals()));
    };
  }

  /** Renders the values of both periods, of which those of a comparison are made. */
  String bothSides() {
    return question.measures().stream()
        .map(
            measure ->
                "%s AS %s, %s AS %s"
                    .formatted(
                        value(measure, Side.ASKED),
                        measure.id(),
                        value(measure, Side.COMPARED),
                        new MeasureValue(measure, MeasureValue.Kind.COMPARED).id()))
        .collect(joining(", "));
  }

  private String value(Measure measure, Side side) {
    return "CASE WHEN "
        + side.of("suppressed")
        + (side == Side.COMPARED ? " OR " + NOT_PUBLISHED : "")
        + (question.fill() == Fill.NULL ? " OR is_empty" : "")
        + orUndefined(measure)
        + " THEN NULL ELSE "
        + measure.formula().sql(dialect, side::of)
        + " END";
  }

  /** Renders the status of the earlier period of a row; see {@link RowStatus}. */
  String comparedStatus() {
    return "CASE WHEN %s THEN '%s' WHEN %s THEN '%s'%s%s ELSE '%s' END"
        .formatted(
            NOT_PUBLISHED,
            RowStatus.NOT_PUBLISHED,
            Side.COMPARED.of("suppressed"),
            RowStatus.SUPPRESSED,
            question.fill() == Fill.NONE
                ? ""
                : " WHEN is_empty THEN '%s'".formatted(RowStatus.EMPTY),
            rates.isAsked()
                ? " WHEN %s IS NULL THEN '%s'"
                    .formatted(Side.COMPARED.of(Rate.PEOPLE), RowStatus.NO_DENOMINATOR)
                : "",
            RowStatus.OK);
  }

  /**
   * Renders whether months of the earlier period of a row are not published. A total has all
   * periods.
   */
  String isNotPublished(ComparedMonths compared) {
    if (compared.missing().isEmpty()) {
      return "false";
    }
    return compared
        .period()
        .map(
            level ->
                Stream.concat(compared.missing().keySet().stream(), Stream.of(ReservedCodes.TOTAL))
                    .map(code -> "'" + code + "'")
                    .collect(
                        joining(
                            ", ",
                            "coalesce(g%d, '%s') IN ("
                                .formatted(question.groupBy().indexOf(level), ReservedCodes.TOTAL),
                            ")")))
        .orElse("true");
  }

  /**
   * Renders a condition on the value of a row.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  String condition(Having having, Function<Object, String> parameter) {
    MeasureValue value = having.measure();
    return "%s %s CAST(%s AS decimal(38,6))"
        .formatted(
            value(value),
            having.operator().sql(),
            parameter.apply(having.value().movePointRight(value.decimals())));
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
            ? " OR " + CellKeys.isTotal(service)
            : "");
  }
}
