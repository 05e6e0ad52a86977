package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Formula.Rate;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SqlDialect;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Question;
import fr.opendamir.reference.StandardWeights;
import fr.opendamir.reference.StandardWeights.Stratum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Renders what the rates of a question need in addition to the sums of a cell: the number of
 * people, and for standardised rates the sums over each stratum of sex and age group, weighted.
 */
final class RateSql {
  private final Question question;
  private final SqlDialect dialect;
  private final List<Stratum> strata;

  RateSql(Question question, SqlDialect dialect) {
    this.question = question;
    this.dialect = dialect;
    this.strata =
        question.measures().stream().anyMatch(Measure::isStandardised)
            ? StandardWeights.of(question.standard())
            : List.of();
  }

  /**
   * Renders the sums over each stratum that standardised measures are made of.
   *
   * @param code the expression of a code of a source row at a level
   * @param sum the expression of a sum in a source row
   */
  String stratumSums(Side side, Function<Level, String> code, Function<SumColumn, String> sum) {
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
                    side.of(ofStratum(column.id(), i))));
      }
    }
    return sums.toString();
  }

  /** The names of the sums over strata. */
  List<String> stratumNames(Side side) {
    return standardised().keySet().stream()
        .flatMap(sum -> IntStream.range(0, strata.size()).mapToObj(i -> ofStratum(sum.id(), i)))
        .map(side::of)
        .toList();
  }

  /** Renders the columns that rates need in addition, from a cell and its denominators. */
  String columns(Side side) {
    if (!isAsked()) {
      return "";
    }
    StringBuilder columns = new StringBuilder(", " + side.of(Rate.PEOPLE));
    standardised()
        .forEach(
            (sum, rate) -> {
              List<String> terms = new ArrayList<>();
              List<String> covered = new ArrayList<>();
              for (int i = 0; i < strata.size(); i++) {
                int stratum = i;
                String people = side.of(Rate.PEOPLE + "_" + i);
                terms.add(
                    rate.ofStratum(
                        dialect,
                        name -> side.of(ofStratum(name, stratum)),
                        people,
                        strata.get(i).weight()));
                covered.add(side.of(ofStratum(sum.id(), i)));
              }
              columns.append(
                  ", %s AS %s, %s AS %s"
                      .formatted(
                          String.join(" + ", terms),
                          side.of(rate.weighted()),
                          String.join(" + ", covered),
                          side.of("covered_" + sum.id())));
            });
    if (!strata.isEmpty()) {
      long weights = strata.stream().mapToLong(Stratum::weight).sum();
      columns.append(
          ", CAST(%d AS bigint) AS %s".formatted(Rate.scaled(weights), side.of(Rate.WEIGHTS)));
    }
    return columns.toString();
  }

  /** Whether the question has rates, so that cells are joined with their denominators. */
  boolean isAsked() {
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
              String all = rate.numerator().sql(dialect, UnaryOperator.identity());
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

  private static String ofStratum(String column, int stratum) {
    return column + "_" + stratum;
  }
}
