package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.SourceColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shares of rows per code against those of A202401 (38,758,176 rows), see {@link PublishedCounts}.
 */
class PublishedSharesTest {

  private static final long LINES = 200_000;

  /** Codes compared for each variable. */
  private static final int LARGEST_CODES = 10;

  @TempDir static Path directory;

  @Test
  void agreeForTheLargestCodesOfEveryCountedVariable() throws IOException {
    Map<SourceColumn, Map<Integer, Integer>> counts = new EnumMap<>(SourceColumn.class);
    List<SourceColumn> counted =
        Arrays.stream(SourceColumn.values())
            .filter(column -> !PublishedCounts.january2024().of(column).isEmpty())
            .toList();
    assertThat(counted).hasSize(36);
    GeneratedFile.of(directory, YearMonth.of(2025, 1), LINES)
        .forEach(
            fields -> {
              for (SourceColumn column : counted) {
                counts
                    .computeIfAbsent(column, any -> new HashMap<>())
                    .merge(fields.code(column), 1, Integer::sum);
              }
            });
    SoftAssertions softly = new SoftAssertions();
    for (SourceColumn column : counted) {
      compare(softly, column, counts.get(column));
    }
    softly.assertAll();
  }

  private static void compare(
      SoftAssertions softly, SourceColumn column, Map<Integer, Integer> found) {
    Map<Integer, Long> published = PublishedCounts.january2024().of(column);
    double total = published.values().stream().mapToLong(Long::longValue).sum();
    published.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(LARGEST_CODES)
        .forEach(
            entry -> {
              double expected = 100 * entry.getValue() / total;
              double actual = 100.0 * found.getOrDefault(entry.getKey(), 0) / LINES;
              softly
                  .assertThat(Math.abs(actual - expected))
                  .as("%s=%s: %.2f %% for %.2f %%", column, entry.getKey(), actual, expected)
                  .isLessThan(tolerance(column, expected));
            });
  }

  /**
   * Percentage points. Services, people and row types are fitted; regions of others, prescribers
   * and settlement follow from rules, and repeated lines are dropped more often in popular
   * combinations.
   */
  private static double tolerance(SourceColumn column, double expected) {
    return switch (column) {
      case PRS_NAT -> 0.10 + expected * 0.06;
      // The joint rule that status 9 goes with empty counts (9.96 %) excludes the published 11.72
      // %.
      case PSE_STJ_SNDS -> 2.8;
      case PSP_SPE_SNDS, PSP_ACT_CAT, ETP_CAT_SNDS, ETP_REG_COD, PRE_INS_REG, DDP_SPE_COD -> 2.2;
      case AGE_BEN_SNDS, BEN_SEX_COD, ASU_NAT, CPL_COD -> 0.4;
      default -> 1.3;
    };
  }
}
