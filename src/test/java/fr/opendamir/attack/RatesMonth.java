package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A month whose amounts are what is attacked, the same at every run. Each line is one act of one
 * person. Some acts have excess fees, another charge above the base, or a supplementary share; of
 * two services, some are not reimbursed or not charged at all. Services of a known tariff are
 * always reimbursed at the rate of their exemption.
 */
final class RatesMonth {
  /** The tariffs that anybody can look up. */
  static final Map<String, BigDecimal> TARIFFS =
      Map.of(
          "1110", new BigDecimal("30.00"),
          "1111", new BigDecimal("26.50"),
          "1117", new BigDecimal("60.00"));

  private static final long SEED = 20241201;
  private static final List<String> REGIONS = List.of("5", "11", "24", "44", "75", "84");
  private static final List<String> AGES = List.of("20", "40", "60", "80");
  private static final List<String> SEXES = List.of("1", "2");
  private static final List<String> OTHERS = List.of("1112", "1113");
  private static final int[] SMALL_WEIGHTS = {18, 15, 13, 11, 10, 8, 7, 7, 6, 5};

  private final Random random = new Random(SEED);
  private final FullMonth month = new FullMonth("2024-01");

  private RatesMonth() {}

  static FullMonth create() {
    RatesMonth made = new RatesMonth();
    made.persons();
    made.single();
    return made.month;
  }

  /**
   * A month of acts whose amounts are equal or zero, but for one or two: the supplementary share
   * covers what the legal share leaves, or nothing is charged.
   */
  static FullMonth nearlyEqual() {
    FullMonth month = new FullMonth("2024-05");
    Map<String, String> codes = FullMonth.codes("service", "1114");
    month.single(1, "30.00", codes);
    for (int i = 0; i < 21; i++) {
      Map<String, BigDecimal> amounts = FullMonth.amounts(new BigDecimal("30.00"), codes);
      amounts.put("reimbursed_all", new BigDecimal("30.00"));
      month.add("", 1, 1, amounts, codes);
    }
    codes.put("service", "1115");
    month.single(2, "31.00", codes);
    for (int i = 0; i < 21; i++) {
      Map<String, BigDecimal> amounts = FullMonth.amounts(new BigDecimal("31.00"), codes);
      amounts.put("charged", BigDecimal.ZERO);
      month.add("", 1, 1, amounts, codes);
    }
    return month;
  }

  private void persons() {
    for (String region : REGIONS) {
      for (String age : AGES) {
        for (String sex : SEXES) {
          TARIFFS.keySet().stream().sorted().forEach(s -> cell(region, age, sex, s));
          OTHERS.forEach(service -> cell(region, age, sex, service));
        }
      }
    }
  }

  private void cell(String region, String age, String sex, String service) {
    double lot = random.nextDouble();
    int notExempt = lot < 0.55 ? 11 + random.nextInt(35) : lot < 0.90 ? small() : 0;
    int exempt = lot < 0.30 ? 11 + random.nextInt(25) : lot < 0.90 ? small() : 12;
    acts(notExempt, region, age, sex, service, "0");
    acts(exempt, region, age, sex, service, "42");
  }

  private void acts(
      int acts, String region, String age, String sex, String service, String exemption) {
    Map<String, String> codes =
        FullMonth.codes(
            "region",
            region,
            "age_band",
            age,
            "sex",
            sex,
            "service",
            service,
            "exemption",
            exemption);
    for (int i = 0; i < acts; i++) {
      BigDecimal base = TARIFFS.getOrDefault(service, new BigDecimal("47.50"));
      Map<String, BigDecimal> amounts = FullMonth.amounts(base, codes);
      if (OTHERS.contains(service) && happens(0.04)) {
        amounts.put("reimbursed", BigDecimal.ZERO);
        amounts.put("reimbursed_all", BigDecimal.ZERO);
      }
      if (OTHERS.contains(service) && happens(0.03)) {
        amounts.replaceAll((measure, amount) -> BigDecimal.ZERO);
      }
      if (happens(0.08)) {
        BigDecimal excess = cents(6_000);
        amounts.put("excess_fees", excess);
        amounts.merge("charged", excess, BigDecimal::add);
      }
      if (happens(0.02)) {
        amounts.merge("charged", cents(20_000), BigDecimal::add);
      }
      if (happens(region.equals("44") ? 0.5 : 0.02)) {
        amounts.merge("reimbursed_all", cents(500), BigDecimal::add);
      }
      month.add("", 1, 1, amounts, codes);
    }
  }

  /** Ten acts without, and one with: each amount by itself. */
  private void single() {
    String[] measures = {"excess_fees", "charged", "reimbursed_all"};
    for (int i = 0; i < measures.length; i++) {
      Map<String, String> codes = FullMonth.codes("region", "32", "service", "110" + (i + 3));
      month.single(10, "30.00", codes);
      Map<String, BigDecimal> amounts = FullMonth.amounts(new BigDecimal("30.00"), codes);
      amounts.merge(measures[i], new BigDecimal("350.17"), BigDecimal::add);
      if (measures[i].equals("excess_fees")) {
        amounts.merge("charged", new BigDecimal("350.17"), BigDecimal::add);
      }
      month.add("", 1, 1, amounts, codes);
    }
    Map<String, String> codes = FullMonth.codes("region", "32", "service", "1109");
    for (int i = 0; i < 10; i++) {
      Map<String, BigDecimal> amounts = FullMonth.amounts(new BigDecimal("30.00"), codes);
      amounts.put("reimbursed", BigDecimal.ZERO);
      amounts.put("reimbursed_all", BigDecimal.ZERO);
      month.add("", 1, 1, amounts, codes);
    }
    month.single(1, "30.10", codes);
    // The example of the issue: six acts not exempt, nine exempt.
    Map<String, String> men = FullMonth.codes("region", "53", "sex", "1", "age_band", "30");
    month.single(6, "30.00", men);
    men.put("exemption", "42");
    month.single(9, "30.00", men);
  }

  private BigDecimal cents(int most) {
    return BigDecimal.valueOf(1L + random.nextInt(most), 2);
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private int small() {
    int lot = random.nextInt(100);
    int acts = 0;
    while (lot >= SMALL_WEIGHTS[acts]) {
      lot -= SMALL_WEIGHTS[acts];
      acts++;
    }
    return acts + 1;
  }
}
