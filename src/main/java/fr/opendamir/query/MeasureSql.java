package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Having;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import fr.opendamir.reference.StandardWeights;
import fr.opendamir.reference.StandardWeights.Stratum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final List<Stratum> strata;

  MeasureSql(Question question, SqlDialect dialect) {
    this.question = question;
    this.dialect = dialect;
    this.strata =
        question.measures().stream().anyMatch(Measure::isStandardised)
            ? StandardWeights.of(question.standard())
            : List.of();
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

  /**
   * Renders the sums over each stratum that standardised measures are made of.
   *
   * @param code the expression of a code of a source row at a level
   * @param sum the expression of a sum in a source row
   */
  String stratumSums(Function<Level, String> code, Function<SumColumn, String> sum) {
    StringBuilder sums = new StringBuilder();
    for (SumColumn column : standardised().keySet()) {
      for (int i = 0; i < strata.size(); i++) {
        sums.append(
            ", CAST(coalesce(sum(CASE WHEN %s = '%s' AND %s = '%s' THEN %s END), 0) AS bigint) AS %s"
                .formatted(
                    code.apply(Level.SEX),
                    strata.get(i).sex(),
                    code.apply(Level.AGE_GROUP),
                    strata.get(i).ageGroup(),
                    sum.apply(column),
                    ofStratum(column, i)));
      }
    }
    return sums.toString();
  }

  /** Renders the columns that rates need besides the sums, from a cell and its denominators. */
  String rateColumns() {
    if (!isOfRates()) {
      return "";
    }
    StringBuilder columns = new StringBuilder(", " + Rate.PEOPLE);
    standardised()
        .forEach(
            (sum, rate) -> {
              List<String> terms = new ArrayList<>();
              List<String> covered = new ArrayList<>();
              for (int i = 0; i < strata.size(); i++) {
                int stratum = i;
                String people = Rate.PEOPLE + "_" + i;
                terms.add(
                    rate.ofStratum(
                        dialect, of -> ofStratum(of, stratum), people, strata.get(i).weight()));
                covered.add(ofStratum(sum, i));
              }
              columns.append(
                  ", %s AS %s, %s AS covered_%s"
                      .formatted(
                          String.join(" + ", terms),
                          rate.weighted(),
                          String.join(" + ", covered),
                          sum.id()));
            });
    if (!strata.isEmpty()) {
      long weights = strata.stream().mapToLong(Stratum::weight).sum();
      columns.append(", CAST(%d AS bigint) AS %s".formatted(Rate.scaled(weights), Rate.WEIGHTS));
    }
    return columns.toString();
  }

  /** Whether the question has rates, so that cells are joined with their denominators. */
  boolean isOfRates() {
    return question.measures().stream().anyMatch(Measure::isRate);
  }

  /**
   * Renders, for each rate, the sum of its numerator over the rows with a denominator, and over all
   * rows.
   */
  String coverage() {
    return question.measures().stream()
        .flatMap(measure -> measure.rate().stream())
        .map(
            rate -> {
              String all = rate.numerator().sql(dialect, SumColumn::id);
              String covered = rate.isStandardised() ? "covered_" + rate.sums().get(0).id() : all;
              return "sum(CASE WHEN %s IS NOT NULL THEN %s END), sum(%s)"
                  .formatted(Rate.PEOPLE, covered, all);
            })
        .collect(joining(", "));
  }

  /** The sums of standardised measures, each once. */
  private Map<SumColumn, Rate> standardised() {
    Map<SumColumn, Rate> rates = new LinkedHashMap<>();
    question.measures().stream()
        .flatMap(measure -> measure.rate().stream())
        .filter(Rate::isStandardised)
        .forEach(rate -> rates.put(rate.sums().get(0), rate));
    return rates;
  }

  private static String ofStratum(SumColumn column, int stratum) {
    return column.id() + "_" + stratum;
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
