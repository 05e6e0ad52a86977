package fr.opendamir.query;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sums of a release by month of processing and care lag, and the development of periods of care
 * that follows from them: which share of a period is processed how many months after its end.
 */
public final class CareHistory {
  /** The history of a release that could not be read. */
  static final CareHistory UNKNOWN = new CareHistory(Map.of());

  /** Completeness is measured on the newest earlier periods, of this many months in all. */
  private static final int MONTHS = 36;

  private static final int DECIMALS = 6;

  private final Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> processed;

  /**
   * Creates the history of a release.
   *
   * @param processed sums in cents (acts for the quantity) by month of processing and code of
   *     {@code care_lag}
   */
  CareHistory(Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> processed) {
    this.processed = new TreeMap<>(processed);
  }

  /** The number of months of processing. */
  int months() {
    return processed.size();
  }

  /**
   * The sums of earlier periods of a level by the time of their processing.
   *
   * @param periods the periods measured: all months that process any part of them are in the
   *     release
   * @param steps sums over these periods, by months from the end of the period to processing,
   *     oldest first; negative before the end
   */
  public record Development(List<String> periods, Map<Integer, Map<SourceMeasure, Long>> steps) {
    /**
     * The share (0..1) of the sum that is processed in the selected steps.
     *
     * @return null without earlier periods, or if they add up to zero or less
     */
    public BigDecimal share(SourceMeasure measure, Collection<Integer> selected) {
      long all = sum(measure, steps.keySet());
      return all <= 0 ? null : CareHistory.share(sum(measure, selected), all);
    }

    private long sum(SourceMeasure measure, Collection<Integer> selected) {
      return selected.stream()
          .mapToLong(step -> steps.getOrDefault(step, Map.of()).getOrDefault(measure, 0L))
          .sum();
    }
  }

  /** Measures the newest earlier periods of a level, of three years at most. */
  public Development development(Level level) {
    List<Integer> steps = CarePeriods.steps(level);
    List<YearMonth> ends = new ArrayList<>();
    for (String period : CarePeriods.in(level, processed.keySet())) {
      YearMonth end = CarePeriods.end(level, period);
      if (steps.stream().allMatch(step -> processed.containsKey(end.plusMonths(step)))) {
        ends.add(end);
      }
    }
    int most = MONTHS / CarePeriods.months(level);
    List<YearMonth> measured = ends.subList(Math.max(0, ends.size() - most), ends.size());
    Map<Integer, Map<SourceMeasure, Long>> sums = new TreeMap<>();
    for (YearMonth end : measured) {
      String period = CarePeriods.period(level, end);
      for (int step : steps) {
        Map<SourceMeasure, Long> ofStep = sums.computeIfAbsent(step, any -> new TreeMap<>());
        received(level, period, end.plusMonths(step))
            .forEach((measure, sum) -> ofStep.merge(measure, sum, Long::sum));
      }
    }
    return new Development(
        measured.stream().map(end -> CarePeriods.period(level, end)).toList(), sums);
  }

  /** The sums that a month processed for a period. */
  private Map<SourceMeasure, Long> received(Level level, String code, YearMonth month) {
    Map<SourceMeasure, Long> sums = new TreeMap<>();
    processed
        .getOrDefault(month, Map.of())
        .forEach(
            (lag, ofLag) -> {
              if (CarePeriods.code(level, month, lag).equals(code)) {
                ofLag.forEach((measure, sum) -> sums.merge(measure, sum, Long::sum));
              }
            });
    return sums;
  }

  /**
   * The share (0..1) of what some months processed that has a code.
   *
   * @return null if the months add up to zero or less
   */
  BigDecimal share(Level level, String code, SourceMeasure measure, Collection<YearMonth> months) {
    long part = 0;
    long all = 0;
    for (YearMonth month : months) {
      part += received(level, code, month).getOrDefault(measure, 0L);
      all +=
          processed.getOrDefault(month, Map.of()).values().stream()
              .mapToLong(ofLag -> ofLag.getOrDefault(measure, 0L))
              .sum();
    }
    return all <= 0 ? null : share(part, all);
  }

  /** Reversals can make a part negative, or larger than the whole. */
  private static BigDecimal share(long part, long all) {
    BigDecimal share =
        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), DECIMALS, RoundingMode.HALF_UP);
    BigDecimal bounded = share.max(BigDecimal.ZERO).min(BigDecimal.ONE).stripTrailingZeros();
    return bounded.scale() < 0 ? bounded.setScale(0) : bounded;
  }
}
