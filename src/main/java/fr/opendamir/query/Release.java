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
 * A published release: a set of months that are served together.
 *
 * @param months oldest first
 */
public record Release(String id, Instant publishedAt, List<ReleaseMonth> months) {
  public Release {
    months = months.stream().sorted(Comparator.comparing(ReleaseMonth::month)).toList();
  }

  /** Whether any figures of the release are synthetic. */
  public boolean isSynthetic() {
    return months.stream().anyMatch(ReleaseMonth::synthetic);
  }

  /** The ids of the disclosure policies that the blocks were made with, comma-separated. */
  public String policyId() {
    return months.stream()
        .map(ReleaseMonth::policyId)
        .distinct()
        .sorted()
        .reduce((a, b) -> a + "," + b)
        .orElse("");
  }

  /** The number of contributors of the smallest block. */
  public long smallestBlock() {
    return months.stream().mapToLong(ReleaseMonth::smallestBlock).min().orElse(0);
  }

  /** By level: the share (0..1) of the charged amount of all months whose code is not disclosed. */
  public Map<Level, BigDecimal> notDisclosedShares() {
    return notDisclosedShares(months);
  }

  /**
   * By level, except period levels: the share (0..1) of the charged amount of the given months
   * whose code is not disclosed.
   */
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
   * The share (0..1, six decimals) of the charged amount of the given months whose code is not
   * disclosed at a level. A breakdown by that level lacks this share of the total.
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
