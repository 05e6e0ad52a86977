package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A month of consultations before and since the change of their tariff in December 2024. */
final class TariffMonth {
  static final String SERVICE = "1110";
  static final BigDecimal TARIFF_BEFORE = new BigDecimal("26.50");
  static final BigDecimal TARIFF = new BigDecimal("30.00");

  /** Lags of care before the change, and since it. */
  static final List<String> BEFORE = List.of("2", "3", "4");

  static final List<String> SINCE = List.of("0", "1");

  private static final long SEED = 20250101;
  private static final int MOST_ACTS = 25;

  private TariffMonth() {}

  static FullMonth create() {
    Random random = new Random(SEED);
    FullMonth month = new FullMonth("2025-01");
    for (String region : List.of("5", "11", "24", "75", "84")) {
      for (String age : List.of("20", "40", "60", "80")) {
        for (String sex : List.of("1", "2")) {
          Map<String, String> codes =
              FullMonth.codes("region", region, "age_band", age, "sex", sex, "service", SERVICE);
          for (String lag : SINCE) {
            codes.put("care_lag", lag);
            month.add(1L + random.nextInt(MOST_ACTS), TARIFF.toPlainString(), codes);
          }
          for (String lag : BEFORE) {
            codes.put("care_lag", lag);
            month.add(1L + random.nextInt(MOST_ACTS), TARIFF_BEFORE.toPlainString(), codes);
          }
        }
      }
    }
    return month;
  }
}
