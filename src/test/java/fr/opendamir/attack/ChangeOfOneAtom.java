package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Subtracts a change from the figure that it changed. Where the exemption of the change is not
 * disclosed, its amounts tell the rate of reimbursement: if all of it is at 70 %, all of it is not
 * exempt.
 */
final class ChangeOfOneAtom {
  static final String NAME = "A change less what it changed";

  private static final BigDecimal TARIFF = new BigDecimal("30.00");
  private static final String EXEMPTION = "exemption";

  /** Acts that are not exempt, and that are, of the cell that is revised. */
  private static final int NOT_EXEMPT = 27;

  private static final int EXEMPT = 30;
  private static final int LEFT = 2;

  /** The update that makes of blocks of atoms what {@link #asPublishedBefore} is. */
  static final String PUBLISHED_BEFORE = "exemption = 'ND' WHERE quantity = " + (LEFT - NOT_EXEMPT);

  private ChangeOfOneAtom() {}

  /** The month before and after its revision, which leaves two of 27 acts. */
  static FullMonth month(boolean isRevised) {
    FullMonth month = new FullMonth("2024-03");
    int acts = 15;
    for (String region : List.of("11", "24", "84")) {
      for (String sex : List.of("1", "2")) {
        for (String exemption : List.of("0", "42")) {
          Map<String, String> codes =
              FullMonth.codes("region", region, "sex", sex, EXEMPTION, exemption);
          month.add(isRevised && region.equals("84") ? acts + 60L : acts, "30.00", codes);
          acts++;
        }
      }
    }
    month.single(isRevised ? LEFT : NOT_EXEMPT, "30.00", cell("0"));
    return month.single(EXEMPT, "30.00", cell("42"));
  }

  /** The revised month as it was published when a change of one atom could give up a code. */
  static WholeTable asPublishedBefore() {
    Map<String, String> codes = cell("ND");
    FullMonth rest = month(true);
    List<FullLine> unchanged = new ArrayList<>(rest.lines());
    unchanged.removeIf(line -> line.codes().equals(cell("0")));
    FullMonth first = new FullMonth(rest.name()).single(NOT_EXEMPT, "30.00", cell("0"));
    unchanged.addAll(first.lines());
    FullMonth change = new FullMonth(rest.name()).add(LEFT - NOT_EXEMPT, "30.00", cell("0"));
    return WholeTable.of(unchanged).and(change.lines(), codes);
  }

  private static Map<String, String> cell(String exemption) {
    return FullMonth.codes("region", "5", "sex", "1", EXEMPTION, exemption);
  }

  static AttackResult run(PublishedFigures earlier, PublishedFigures later) {
    Score score = new Score(NAME, later::questions).claimingCertainty();
    for (List<String> levels :
        List.of(
            later.finest(),
            List.of("region", EXEMPTION),
            List.of("region", "sex", EXEMPTION),
            List.of("region", "sex", "service", EXEMPTION))) {
      int side = levels.indexOf(EXEMPTION);
      Map<List<String>, AnswerRow> before = earlier.table(levels);
      Map<List<String>, Long> estimates = new HashMap<>();
      for (AnswerRow row : later.rows(levels)) {
        AnswerRow old = before.get(row.key(levels));
        long acts = change(row, old, "quantity").longValue();
        if (acts == 0) {
          continue;
        }
        List<String> cell = new ArrayList<>(row.key(levels));
        if (PublishedTable.isNotDisclosed(cell.get(side))) {
          Equations.cheaper(
                  acts,
                  change(row, old, "reimbursed"),
                  TARIFF,
                  TARIFF.multiply(Equations.PATIENT_SHARE))
              .filter(notExempt -> notExempt == acts || notExempt == 0)
              .ifPresent(notExempt -> cell.set(side, notExempt == acts ? "0" : "42"));
        }
        if (before.containsKey(cell)) {
          estimates.put(cell, before.get(cell).quantity().orElseThrow().longValue() + acts);
        }
      }
      month(true)
          .cells(levels)
          .forEach(
              (cell, lines) -> {
                long truth = lines.stream().mapToLong(FullLine::acts).sum();
                if (TrueCell.isSmall(truth)) {
                  Long estimate = estimates.get(cell);
                  score.cell(
                      new TrueCell(levels, cell, truth),
                      estimate == null ? OptionalLong.empty() : OptionalLong.of(estimate));
                }
              });
    }
    return score.result();
  }

  private static BigDecimal change(AnswerRow row, AnswerRow old, String measure) {
    BigDecimal before = old == null ? BigDecimal.ZERO : old.figure(measure).orElse(BigDecimal.ZERO);
    return row.figure(measure).orElse(BigDecimal.ZERO).subtract(before);
  }
}
