package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.opendamir.ingest.source.SourceColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures against the profile of A202501 (36,640,259 rows, whole file). */
class MeasureDistributionTest {

  private static final int LINES = 150_000;

  private static final List<SourceColumn> ATOM =
      List.of(
          SourceColumn.BEN_RES_REG,
          SourceColumn.AGE_BEN_SNDS,
          SourceColumn.BEN_SEX_COD,
          SourceColumn.PRS_NAT,
          SourceColumn.PSE_SPE_SNDS,
          SourceColumn.PSE_ACT_SNDS,
          SourceColumn.EXO_MTF,
          SourceColumn.ASU_NAT,
          SourceColumn.ETE_TYP_SNDS,
          SourceColumn.CPL_COD,
          SourceColumn.BEN_CMU_TOP);

  @TempDir static Path directory;

  private static final long[] quantities = new long[LINES];
  private static final long[] reimbursed = new long[LINES];
  private static final long[] charged = new long[LINES];
  private static final Map<String, Long> quantityOfAtom = new HashMap<>();
  private static int undetailed;
  private static int undetailedOnes;

  @BeforeAll
  static void readAMonth() throws IOException {
    int[] next = {0};
    GeneratedFile.of(directory, YearMonth.of(2025, 1), LINES)
        .forEach(
            fields -> {
              int line = next[0]++;
              long quantity = Long.parseLong(fields.text(SourceColumn.FLT_ACT_QTE));
              quantities[line] = quantity;
              reimbursed[line] = fields.hundredths(SourceColumn.FLT_REM_MNT);
              charged[line] = fields.hundredths(SourceColumn.FLT_PAI_MNT);
              StringBuilder atom = new StringBuilder(60);
              ATOM.forEach(column -> atom.append(fields.text(column)).append(';'));
              quantityOfAtom.merge(atom.toString(), quantity, Long::sum);
              if (fields.code(SourceColumn.PRS_REM_TYP) == 99) {
                undetailed++;
                undetailedOnes += fields.text(SourceColumn.PRS_ACT_QTE).equals("1") ? 1 : 0;
              }
            });
    Arrays.sort(quantities);
    Arrays.sort(reimbursed);
    Arrays.sort(charged);
  }

  @Test
  void quantitiesHaveThePublishedQuartilesAndTail() {
    assertThat(quartile(quantities, 1)).isEqualTo(1);
    assertThat(quartile(quantities, 2)).isEqualTo(2);
    assertThat(quartile(quantities, 3)).isBetween(5L, 7L);
    assertThat(Arrays.stream(quantities).average().orElseThrow()).isBetween(20.0, 50.0);
    assertThat(quantities[LINES - 1]).isGreaterThan(10_000);
  }

  @Test
  void amountsHaveThePublishedQuartiles() {
    assertThat(quartile(reimbursed, 1)).isBetween(0L, 100L);
    assertThat(quartile(reimbursed, 2)).isCloseTo(686, within(300L));
    assertThat(quartile(reimbursed, 3)).isCloseTo(4866, within(1000L));
    assertThat(quartile(charged, 1)).isZero();
    assertThat(quartile(charged, 2)).isCloseTo(844, within(300L));
    assertThat(quartile(charged, 3)).isCloseTo(6509, within(1300L));
  }

  @Test
  void fifteenPerCentOfTheReimbursementsAndUnderOnePerCentOfTheChargesAreNegative() {
    assertThat(negativeShare(reimbursed)).isCloseTo(0.15, within(0.015));
    assertThat(negativeShare(charged)).isCloseTo(0.0078, within(0.002));
  }

  @Test
  void fourInFiveLinesOfUnknownRowTypeHaveOneAct() {
    assertThat((double) undetailedOnes / undetailed).isCloseTo(0.82, within(0.04));
  }

  /** Half of it in a whole month; a small one has no line of such extremes. */
  @Test
  void onePerCentOfTheAtomsHoldsNearlyHalfOfTheQuantity() {
    long[] sorted = quantityOfAtom.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long all = Arrays.stream(sorted).sum();
    long top =
        Arrays.stream(sorted, sorted.length - Math.max(1, sorted.length / 100), sorted.length)
            .sum();
    assertThat((double) top / all).isGreaterThan(0.4);
  }

  private static long quartile(long[] sorted, int quarter) {
    return sorted[LINES * quarter / 4];
  }

  private static double negativeShare(long[] amounts) {
    return Arrays.stream(amounts).filter(amount -> amount < 0).count() / (double) LINES;
  }
}
