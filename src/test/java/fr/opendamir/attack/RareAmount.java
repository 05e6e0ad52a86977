package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for a part of the amounts that two acts of a whole month have, in all rows and in all sums
 * and differences of amounts: in the month {@link #month}, that part has cents and no other.
 */
final class RareAmount implements FigureAttack {
  private static final BigDecimal RARE = new BigDecimal("13.37");
  private static final int RARE_ACTS = 2;
  private static final List<String> AMOUNTS =
      FullMonth.MEASURES.stream().filter(measure -> !measure.equals("quantity")).toList();

  private static final List<List<String>> TABLES =
      List.of(
          List.of(),
          List.of("region"),
          List.of("sex"),
          List.of("service"),
          List.of("region", "service"),
          List.of("region", "sex", "service"),
          List.of("region", "age_band", "sex", "service"));

  @Override
  public String name() {
    return "A part of the amounts that few acts of the month have";
  }

  /**
   * Two acts are charged above everything else. In the whole month, every other difference of two
   * amounts has enough acts, and no combination of the totals tells these two.
   */
  static FullMonth month() {
    FullMonth month = new FullMonth("2024-06");
    for (String region : List.of("11", "24", "84")) {
      for (String sex : List.of("1", "2")) {
        for (String service : List.of("1110", "1111")) {
          String[] place = {"region", region, "sex", sex, "service", service};
          month.single(22, "30.00", FullMonth.codes(place));
          acts(month, 12, "reimbursed_all", "24.00", "30.00", place);
          acts(month, 12, "reimbursed_all", "35.00", "35.00", place);
        }
      }
    }
    String charged = new BigDecimal("30.00").add(RARE).toPlainString();
    // Without the rule, all acts of their block but them have equal amounts.
    String[] place = {"region", "24", "sex", "1", "service", "1117"};
    month.single(22, "30.00", FullMonth.codes(place));
    return acts(month, RARE_ACTS, "reimbursed_all", "21.00", charged, place);
  }

  private static FullMonth acts(
      FullMonth month, int acts, String measure, String amount, String charged, String... place) {
    for (int i = 0; i < acts; i++) {
      var codes = FullMonth.codes(place);
      var amounts = FullMonth.amounts(new BigDecimal("30.00"), codes);
      amounts.put(measure, new BigDecimal(amount));
      amounts.put("charged", new BigDecimal(charged));
      month.add("", 1, 1, amounts, codes);
    }
    return month;
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name(), figures::questions).claimingCertainty();
    BigDecimal rare = RARE.multiply(BigDecimal.valueOf(RARE_ACTS));
    List<List<String>> tables = new ArrayList<>(TABLES);
    tables.add(figures.finest());
    for (List<String> levels : tables) {
      for (AnswerRow row : figures.rows(levels)) {
        boolean found = isAmong(row, rare);
        score.figure(found, found, row.toString());
      }
    }
    return score.result();
  }

  /** Whether the amounts of a row, added or subtracted or left out, have that sum. */
  private static boolean isAmong(AnswerRow row, BigDecimal wanted) {
    List<BigDecimal> sums = new ArrayList<>(List.of(BigDecimal.ZERO));
    for (String measure : AMOUNTS) {
      BigDecimal amount = row.figure(measure).orElse(BigDecimal.ZERO);
      for (BigDecimal sum : List.copyOf(sums)) {
        sums.add(sum.add(amount));
        sums.add(sum.subtract(amount));
      }
    }
    return sums.stream().anyMatch(sum -> sum.compareTo(wanted) == 0);
  }
}
