package fr.opendamir.query;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is served at one time.
 *
 * @param months oldest first
 */
public record Release(String id, Instant publishedAt, List<ReleaseMonth> months) {
  public Release {
    months = months.stream().sorted(Comparator.comparing(ReleaseMonth::month)).toList();
  }

  /** Whether its figures are made up. */
  public boolean isSynthetic() {
    return months.stream().anyMatch(ReleaseMonth::synthetic);
  }

  /** The policy its blocks were made by. */
  public String policyId() {
    return months.stream()
        .map(ReleaseMonth::policyId)
        .distinct()
        .sorted()
        .reduce((a, b) -> a + "," + b)
        .orElse("");
  }

  /** Contributors of its smallest block. */
  public long smallestBlock() {
    return months.stream().mapToLong(ReleaseMonth::smallestBlock).min().orElse(0);
  }

  /** By level: share (0..1) of the charged amount of all months whose code is not disclosed. */
  public Map<Level, BigDecimal> notDisclosedShares() {
    return notDisclosedShares(months);
  }

  /** The same of some months, for every level but those of the month. */
  static Map<Level, BigDecimal> notDisclosedShares(List<ReleaseMonth> months) {
    Map<Level, BigDecimal> shares = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      if (level.dimension() != Dimension.MONTH) {
        shares.put(level, notDisclosedShare(months, level));
      }
    }
    return shares;
  }

  /**
   * Share (0..1, six decimals) of the charged amount of some months whose code is not disclosed at
   * a level: what a breakdown by that level misses of their total.
   */
  static BigDecimal notDisclosedShare(List<ReleaseMonth> months, Level level) {
    long charged = months.stream().mapToLong(m -> m.totals().get(SourceMeasure.CHARGED)).sum();
    long lost = months.stream().mapToLong(m -> m.notDisclosed().getOrDefault(level, 0L)).sum();
    return charged == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(lost)
            .abs()
            .divide(BigDecimal.valueOf(charged).abs(), 6, RoundingMode.HALF_UP)
            .stripTrailingZeros();
  }

  public List<YearMonth> monthList() {
    return months.stream().map(ReleaseMonth::month).toList();
  }
}
