package fr.opendamir.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Reasons that each part of a block was below the threshold: a block of twenty that gave up the sex
 * is ten men and ten women.
 */
final class PartsAtTheLimit implements FigureAttack {
  private static final long MOST_OF_A_PART = 10;
  private static final List<String> LEVELS =
      List.of("region", "age_band", "sex", "service", "care_lag");

  private static final List<String> GIVEN_UP = List.of("sex", "care_lag");

  @Override
  public String name() {
    return "Parts at their limit";
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name(), figures::questions).claimingCertainty();
    List<AnswerRow> rows =
        figures.rows(LEVELS).stream()
            .filter(row -> row.codes().get("service").equals(PersonsMonth.PARTS))
            .toList();
    Map<List<String>, Long> estimates = new HashMap<>();
    for (String dimension : GIVEN_UP) {
      TreeSet<String> codes = new TreeSet<>();
      rows.forEach(row -> codes.add(row.codes().get(dimension)));
      codes.removeIf(PublishedTable::isNotDisclosed);
      for (AnswerRow row : rows) {
        boolean isFull =
            row.quantity()
                .filter(acts -> acts.longValue() == MOST_OF_A_PART * codes.size())
                .isPresent();
        if (isFull && PublishedTable.isNotDisclosed(row.codes().get(dimension))) {
          codes.forEach(
              code -> {
                List<String> cell = new ArrayList<>(row.key(LEVELS));
                cell.set(LEVELS.indexOf(dimension), code);
                estimates.put(cell, MOST_OF_A_PART);
              });
        }
      }
    }
    month
        .cells(LEVELS)
        .forEach(
            (cell, lines) -> {
              long acts = lines.stream().mapToLong(FullLine::acts).sum();
              if (acts == MOST_OF_A_PART && cell.contains(PersonsMonth.PARTS)) {
                // A row whose lag was given up with its sex is asked by both.
                List<String> withoutLag = new ArrayList<>(cell);
                withoutLag.set(LEVELS.indexOf("care_lag"), "ND");
                Long estimate = estimates.getOrDefault(cell, estimates.get(withoutLag));
                score.cell(
                    new TrueCell(LEVELS, cell, acts),
                    estimate == null ? OptionalLong.empty() : OptionalLong.of(estimate));
              }
            });
    return score.result();
  }
}
