package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the charge of a row for that of its most expensive act: right if it is nearly all of it.
 */
final class DominatingLine implements FigureAttack {
  static final String PERSON = "dominates";

  private static final BigDecimal NEARLY_ALL = new BigDecimal("0.85");
  private static final List<List<String>> TABLES =
      List.of(
          List.of("region", "service"),
          List.of("service"),
          List.of("region", "age_band"),
          List.of("region", "age_band", "sex", "service"));

  @Override
  public String name() {
    return "The charge of a block for that of one line";
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name(), figures::questions).claimingCertainty();
    List<List<String>> tables = new ArrayList<>(TABLES);
    tables.add(figures.finest());
    month.lines().stream()
        .filter(line -> line.person().equals(PERSON))
        .forEach(
            line -> {
              boolean found =
                  tables.stream()
                      .flatMap(levels -> figures.rows(levels).stream())
                      .filter(row -> line.mayBeIn(row.codes()))
                      .anyMatch(row -> isNearlyAll(line, row));
              score.figure(found, found, line.toString());
            });
    return score.result();
  }

  private static boolean isNearlyAll(FullLine line, AnswerRow row) {
    BigDecimal of = line.amount("charged");
    return row.charged()
        .filter(charged -> charged.compareTo(of) >= 0)
        .filter(charged -> charged.multiply(NEARLY_ALL).compareTo(of) < 0)
        .isPresent();
  }
}
