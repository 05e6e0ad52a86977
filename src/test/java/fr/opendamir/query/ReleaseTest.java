package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final List<SourceMeasure> TWO =
      List.of(SourceMeasure.CHARGED, SourceMeasure.EXCESS_FEES);

  @Test
  void eachMeasureHasTheShareOfItsOwnTotal() {
    List<ReleaseMonth> months =
        List.of(month(1, 60_000, 10_000, 30L, 100L), month(2, 40_000, 0, 0L, 0L));

    assertThat(Release.notDisclosedShares(months, List.of(Level.REGION), TWO))
        .isEqualTo(Map.of(Level.REGION, shares("0.0003", "0.01")));
  }

  @Test
  void aPeriodIsAlwaysDisclosed() {
    assertThat(
            Release.notDisclosedShares(
                List.of(month(1, 100, 10, 1L, 1L)),
                List.of(Level.MONTH_OF_PROCESSING, Level.YEAR),
                TWO))
        .containsOnlyKeys(Level.MONTH_OF_PROCESSING, Level.YEAR)
        .containsValue(shares("0", "0"));
  }

  @Test
  void aTotalOfZeroHasNoShares() {
    assertThat(region(month(1, 100, 0, 1L, 0L))).isEqualTo(shares("0.01", null));
  }

  @Test
  void whatOneImportDidNotSumIsUnknown() {
    assertThat(region(month(1, 100, 10, 1L, 1L), month(2, 100, 10, 1L, null)))
        .isEqualTo(shares("0.01", null));
  }

  @Test
  void aShareHasNoSignAndIsAtMostOne() {
    assertThat(region(month(1, -100, 10, 25L, 11L))).isEqualTo(shares("0.25", "1"));
  }

  @Test
  void aReleaseHasTheSharesOfAllMeasuresAtAllLevelsButPeriods() {
    assertThat(
            new Release("2024-02-01.1", Instant.EPOCH, List.of(month(1, 100, 10, 1L, 1L)))
                .notDisclosedShares())
        .hasSize(Level.values().length - 6)
        .allSatisfy((level, shares) -> assertThat(shares).containsOnlyKeys(SourceMeasure.values()));
  }

  private static Map<SourceMeasure, BigDecimal> region(ReleaseMonth... months) {
    return Release.notDisclosedShares(List.of(months), List.of(Level.REGION), TWO)
        .get(Level.REGION);
  }

  private static Map<SourceMeasure, BigDecimal> shares(String charged, String excessFees) {
    Map<SourceMeasure, BigDecimal> shares = new EnumMap<>(SourceMeasure.class);
    shares.put(SourceMeasure.CHARGED, new BigDecimal(charged));
    shares.put(SourceMeasure.EXCESS_FEES, excessFees == null ? null : new BigDecimal(excessFees));
    return shares;
  }

  private static ReleaseMonth month(
      int month, long charged, long excessFees, Long chargedLost, Long excessFeesLost) {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : SourceMeasure.values()) {
      totals.put(measure, 1L);
    }
    totals.put(SourceMeasure.CHARGED, charged);
    totals.put(SourceMeasure.EXCESS_FEES, excessFees);
    Map<SourceMeasure, Long> lost = new EnumMap<>(SourceMeasure.class);
    lost.put(SourceMeasure.CHARGED, chargedLost);
    lost.put(SourceMeasure.EXCESS_FEES, excessFeesLost);
    return new ReleaseMonth(
        List.of(new ReleaseImport(month, YearMonth.of(2024, month), 1, Map.of())),
        YearMonth.of(2024, month),
        "A20240" + month + ".csv",
        1,
        "00",
        "blocks-test",
        false,
        false,
        1,
        1,
        11,
        totals,
        Map.of(Level.REGION, lost));
  }
}
