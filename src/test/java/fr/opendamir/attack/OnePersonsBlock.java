package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for rows that hold exactly the lines of one person who looks like many. */
final class OnePersonsBlock implements FigureAttack {
  private static final List<List<String>> TABLES =
      List.of(
          List.of("region"),
          List.of("service"),
          List.of("age_band"),
          List.of("region", "age_band"),
          List.of("region", "service"),
          List.of("region", "age_band", "sex"),
          List.of("region", "age_band", "sex", "service"));

  @Override
  public String name() {
    return "One person who looks like eleven";
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name(), figures::questions).claimingCertainty();
    Map<String, List<FullLine>> persons = new TreeMap<>();
    for (FullLine line : month.lines()) {
      if (!line.person().isEmpty() && !line.person().equals(DominatingLine.PERSON)) {
        persons.computeIfAbsent(line.person(), p -> new ArrayList<>()).add(line);
      }
    }
    List<List<String>> tables = new ArrayList<>(TABLES);
    tables.add(figures.finest());
    persons.forEach(
        (person, lines) -> {
          boolean found =
              tables.stream()
                  .flatMap(levels -> figures.rows(levels).stream())
                  .anyMatch(row -> holds(row, lines));
          score.figure(found, found, person);
        });
    return score.result();
  }

  private static boolean holds(AnswerRow row, List<FullLine> lines) {
    return same(row, lines, "charged") && same(row, lines, "quantity");
  }

  private static boolean same(AnswerRow row, List<FullLine> lines, String measure) {
    BigDecimal sum =
        lines.stream().map(line -> line.amount(measure)).reduce(BigDecimal.ZERO, BigDecimal::add);
    return row.figure(measure).filter(figure -> figure.compareTo(sum) == 0).isPresent();
  }
}
