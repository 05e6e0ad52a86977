package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CareHistoryTest {
  private static final SourceMeasure MEASURE = SourceMeasure.REIMBURSED;
  private static final List<String> LAGS =
      List.of("0", "1", "2", "3", "4", "5", "6_11", "12_plus", "unknown", "ND");

  /** Every month of processing has the same sums: 60, 20, 10, 5, 3, 2, then 4, 1, 9 and 0. */
  private static CareHistory history(int months) {
    List<Long> sums = List.of(60L, 20L, 10L, 5L, 3L, 2L, 4L, 1L, 9L, 0L);
    Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> processed = new HashMap<>();
    months(months)
        .forEach(
            month ->
                processed.put(
                    month,
                    IntStream.range(0, LAGS.size())
                        .boxed()
                        .collect(
                            HashMap::new,
                            (row, i) -> row.put(LAGS.get(i), Map.of(MEASURE, sums.get(i))),
                            HashMap::putAll)));
    return new CareHistory(processed);
  }

  private static List<YearMonth> months(int months) {
    return Stream.iterate(YearMonth.of(2022, 1), month -> month.plusMonths(1))
        .limit(months)
        .toList();
  }

  private static List<BigDecimal> shares(CareHistory.Development development) {
    return development.steps().keySet().stream()
        .map(step -> development.share(MEASURE, List.of(step)))
        .toList();
  }

  @Test
  void aMonthOfCareReceivesWhatItsLagsProcess() {
    CareHistory.Development development = history(8).development(Level.CARE_MONTH);

    assertThat(development.periods()).containsExactly("2022-01", "2022-02", "2022-03");
    assertThat(development.steps().keySet()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(shares(development))
        .isEqualTo(
            Stream.of("0.6", "0.2", "0.1", "0.05", "0.03", "0.02").map(BigDecimal::new).toList());
    assertThat(development.share(MEASURE, List.of(0, 1, 2, 3, 4))).isEqualTo("0.98");
    assertThat(development.share(MEASURE, CarePeriods.steps(Level.CARE_MONTH))).isEqualTo("1");
    assertThat(development.share(SourceMeasure.CHARGED, List.of(0))).isNull();
  }

  @Test
  void aQuarterOfCareReceivesInEightMonths() {
    CareHistory.Development development = history(8).development(Level.CARE_QUARTER);

    assertThat(development.periods()).containsExactly("2022-Q1");
    // of 300: January 60; February 60 + 20; March 60 + 20 + 10; April 20 + 10 + 5; … August 2
    assertThat(development.steps().keySet()).containsExactly(-2, -1, 0, 1, 2, 3, 4, 5);
    assertThat(development.steps().values().stream().map(sums -> sums.get(MEASURE)).toList())
        .containsExactly(60L, 80L, 90L, 35L, 18L, 10L, 5L, 2L);
    assertThat(development.share(MEASURE, List.of(-2, -1, 0, 1, 2))).isEqualTo("0.943333");
  }

  @Test
  void aYearOfCareReceivesLongerLagsToo() {
    assertThat(history(17).development(Level.CARE_YEAR).periods()).isEmpty();

    CareHistory.Development development = history(18).development(Level.CARE_YEAR);

    assertThat(development.periods()).containsExactly("2022");
    assertThat(development.steps()).hasSize(18);
    // December 2022: 100 of its exact lags and 4 of January to June.
    assertThat(development.steps().get(0)).containsEntry(MEASURE, 104L);
    // April 2023: lags 4 and 5 are of December and November, and 4 of May to October.
    assertThat(development.steps().get(4)).containsEntry(MEASURE, 3L + 2L + 4L);
    // June 2023: nothing but July to December.
    assertThat(development.steps().get(6)).containsEntry(MEASURE, 4L);
  }

  @Test
  void tooFewMonthsOrAGapMeasureNothing() {
    assertThat(history(5).development(Level.CARE_MONTH).periods()).isEmpty();
    assertThat(history(5).development(Level.CARE_MONTH).share(MEASURE, List.of(0))).isNull();
    assertThat(history(0).development(Level.CARE_YEAR).periods()).isEmpty();

    Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> gap = new HashMap<>();
    months(11).forEach(month -> gap.put(month, Map.of()));
    gap.remove(YearMonth.of(2022, 6));
    assertThat(new CareHistory(gap).development(Level.CARE_MONTH).periods()).isEmpty();
  }

  @Test
  void onlyTheNewestThreeYearsCount() {
    assertThat(history(60).development(Level.CARE_MONTH).periods())
        .hasSize(36)
        .startsWith("2023-08")
        .endsWith("2026-07");
    assertThat(history(60).development(Level.CARE_QUARTER).periods())
        .hasSize(12)
        .endsWith("2026-Q2");
    assertThat(history(60).development(Level.CARE_YEAR).periods())
        .containsExactly("2023", "2024", "2025");
  }

  @Test
  void sharesOfCodesAreOfAllThatIsProcessed() {
    CareHistory history = history(8);

    // 4 + 1 of 114, in any months
    assertThat(history.share(Level.CARE_MONTH, "older", MEASURE, months(3)))
        .isEqualTo(new BigDecimal("0.04386"));
    // January to June settle the year: 1 of 114; July does not
    assertThat(history.share(Level.CARE_YEAR, "older", MEASURE, months(6)))
        .isEqualTo(new BigDecimal("0.008772"));
    assertThat(history.share(Level.CARE_YEAR, "unknown", MEASURE, months(1)))
        .isEqualTo(new BigDecimal("0.078947"));
    assertThat(history.share(Level.CARE_YEAR, "older", MEASURE, List.of())).isNull();
  }

  /** Against sums over triangles of random numbers, reversals included. */
  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"CARE_MONTH", "CARE_QUARTER", "CARE_YEAR"})
  void developmentIsTheSumOverEarlierPeriods(Level level) {
    Random random = new Random(41);
    Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> processed = new HashMap<>();
    for (YearMonth month : months(40)) {
      Map<String, Map<SourceMeasure, Long>> lags = new HashMap<>();
      LAGS.forEach(
          lag -> lags.put(lag, Map.of(MEASURE, (long) random.nextInt(1_000_000) - 20_000)));
      processed.put(month, lags);
    }
    CareHistory.Development development = new CareHistory(processed).development(level);

    Map<Integer, Long> steps = new TreeMap<>();
    long all = 0;
    for (String period : development.periods()) {
      for (YearMonth month : months(40)) {
        for (String lag : LAGS) {
          if (CarePeriods.code(level, month, lag).equals(period)) {
            YearMonth end = CarePeriods.end(level, period);
            int step =
                (month.getYear() - end.getYear()) * 12
                    + month.getMonthValue()
                    - end.getMonthValue();
            long sum = processed.get(month).get(lag).get(MEASURE);
            steps.merge(step, sum, Long::sum);
            all += sum;
          }
        }
      }
    }
    assertThat(development.periods()).isNotEmpty();
    assertThat(steps.keySet()).isEqualTo(development.steps().keySet());
    for (int step : steps.keySet()) {
      assertThat(development.share(MEASURE, List.of(step)))
          .isEqualByComparingTo(
              BigDecimal.valueOf(Math.max(0, steps.get(step)))
                  .divide(BigDecimal.valueOf(all), 6, RoundingMode.HALF_UP));
    }
  }
}
