package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A published release: a set of months that are served together.
 *
 * @param months oldest first
 * @param references the names and versions of the reference tables that its rates are calculated
 *     from, such as {@code population@2025.1}
 */
public record Release(
    String id, Instant publishedAt, List<ReleaseMonth> months, List<String> references) {
  public Release {
    references = references.stream().sorted().toList();
    months = months.stream().sorted(Comparator.comparing(ReleaseMonth::month)).toList();
  }

  /** Creates a release without rates. */
  public Release(String id, Instant publishedAt, List<ReleaseMonth> months) {
    this(id, publishedAt, months, List.of());
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

  /**
   * By level, except period levels, and measure: the share (0..1) of the sum over all months whose
   * code is not disclosed.
   */
  public Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosedShares() {
    return notDisclosedShares(months);
  }

  static Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosedShares(List<ReleaseMonth> months) {
    return notDisclosedShares(
        months,
        Arrays.stream(Level.values()).filter(level -> level.periodForm().isEmpty()).toList(),
        List.of(SourceMeasure.values()));
  }

  /**
   * For each of the levels and measures: the share (0..1, six decimals) of the sum over the given
   * months whose code is not disclosed. A breakdown by that level lacks this share of the total.
   *
   * @return shares are null if the total is zero, or if the part of an import is unknown
   */
  static Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosedShares(
      List<ReleaseMonth> months, Collection<Level> levels, Collection<SourceMeasure> measures) {
    Map<Level, Map<SourceMeasure, BigDecimal>> shares = new LinkedHashMap<>();
    for (Level level : levels) {
      Map<SourceMeasure, BigDecimal> ofLevel = new EnumMap<>(SourceMeasure.class);
      measures.forEach(measure -> ofLevel.put(measure, share(months, level, measure)));
      shares.put(level, ofLevel);
    }
    return shares;
  }

  private static BigDecimal share(List<ReleaseMonth> months, Level level, SourceMeasure measure) {
    long total = 0;
    long lost = 0;
    for (ReleaseMonth month : months) {
      OptionalLong ofMonth = month.notDisclosed(level.stored(), measure);
      if (ofMonth.isEmpty()) {
        return null;
      }
      lost += ofMonth.getAsLong();
      total += month.totals().get(measure);
    }
    if (total == 0) {
      return null;
    }
    // Reversals can make the total smaller than a part of it.
    return BigDecimal.valueOf(lost)
        .divide(BigDecimal.valueOf(total), 6, RoundingMode.HALF_UP)
        .abs()
        .min(BigDecimal.ONE)
        .stripTrailingZeros();
  }

  /** The imports of all months, oldest month first. */
  public List<ReleaseImport> imports() {
    return months.stream().flatMap(month -> month.imports().stream()).toList();
  }

  public List<YearMonth> monthList() {
    return months.stream().map(ReleaseMonth::month).toList();
  }
}
