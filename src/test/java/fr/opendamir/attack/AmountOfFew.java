package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an amount, or the difference of two, of a cell of enough acts: if ten acts have no excess
 * fees, the excess fees of eleven are one person's.
 *
 * <p>Every act of the month must be one contributor.
 */
final class AmountOfFew implements FigureAttack {
  private static final long MOST_OF_FEW = 10;

  private static final List<List<String>> TABLES =
      List.of(
          List.of(),
          List.of("region"),
          List.of("service"),
          List.of("region", "service"),
          List.of("age_band", "service"),
          List.of("sex", "exemption"),
          List.of("region", "age_band", "service"),
          List.of("region", "sex", "service"),
          List.of("region", "age_band", "sex", "service"),
          List.of("region", "age_band", "service", "exemption"));

  /** A sum of measures, less another. */
  private record Expression(List<String> plus, List<String> minus) {
    static Expression of(String plus, String... minus) {
      return new Expression(List.of(plus), List.of(minus));
    }

    BigDecimal of(FullLine line) {
      return sum(plus, line).subtract(sum(minus, line));
    }

    Optional<BigDecimal> of(AnswerRow row) {
      List<String> all = new ArrayList<>(plus);
      all.addAll(minus);
      if (all.stream().anyMatch(measure -> row.figure(measure).isEmpty())) {
        return Optional.empty();
      }
      BigDecimal value = BigDecimal.ZERO;
      for (String measure : plus) {
        value = value.add(row.figure(measure).orElseThrow());
      }
      for (String measure : minus) {
        value = value.subtract(row.figure(measure).orElseThrow());
      }
      return Optional.of(value);
    }

    private static BigDecimal sum(List<String> measures, FullLine line) {
      return measures.stream().map(line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private static final List<Expression> AMOUNTS =
      List.of(
          Expression.of("charged"),
          Expression.of("reimbursed"),
          Expression.of("excess_fees"),
          Expression.of("reimbursement_base"),
          Expression.of("reimbursed_all"));

  private static final List<Expression> DIFFERENCES =
      List.of(
          Expression.of("charged", "reimbursement_base"),
          Expression.of("charged", "excess_fees"),
          Expression.of("charged", "reimbursement_base", "excess_fees"),
          Expression.of("reimbursed_all", "reimbursed"),
          Expression.of("reimbursement_base", "reimbursed"),
          Expression.of("charged", "reimbursed"),
          Expression.of("charged", "reimbursed", "excess_fees"),
          Expression.of("charged", "reimbursed_all"),
          Expression.of("reimbursement_base", "reimbursed_all"));

  private final String name;
  private final List<Expression> expressions;

  private AmountOfFew(String name, List<Expression> expressions) {
    this.name = name;
    this.expressions = expressions;
  }

  static AmountOfFew ofAmounts() {
    return new AmountOfFew("An amount from few acts", AMOUNTS);
  }

  static AmountOfFew ofDifferences() {
    return new AmountOfFew("A difference of amounts from few acts", DIFFERENCES);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name, figures::questions).claimingCertainty();
    List<List<String>> tables = new ArrayList<>(TABLES);
    tables.add(figures.finest());
    for (List<String> levels : tables) {
      Map<List<String>, AnswerRow> published = figures.table(levels);
      month
          .cells(levels)
          .forEach(
              (cell, lines) ->
                  expressions.forEach(
                      wanted ->
                          attack(
                              score,
                              wanted,
                              lines,
                              Optional.ofNullable(published.get(cell)),
                              cell)));
    }
    return score.result();
  }

  private static void attack(
      Score score,
      Expression wanted,
      List<FullLine> lines,
      Optional<AnswerRow> row,
      List<String> cell) {
    long contributors = 0;
    BigDecimal truth = BigDecimal.ZERO;
    for (FullLine line : lines) {
      BigDecimal value = wanted.of(line);
      truth = truth.add(value);
      contributors += value.signum() == 0 ? 0 : line.acts();
    }
    if (contributors < 1 || contributors > MOST_OF_FEW || truth.signum() == 0) {
      return;
    }
    Optional<BigDecimal> found = row.flatMap(wanted::of).filter(value -> value.signum() != 0);
    BigDecimal expected = truth;
    score.figure(
        found.isPresent(),
        found.filter(value -> value.compareTo(expected) == 0).isPresent(),
        wanted + " of " + cell + " is " + truth);
  }
}
