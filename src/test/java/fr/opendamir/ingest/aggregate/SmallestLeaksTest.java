package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The smallest months from which exact figures of fewer than eleven contributors followed, with the
 * blocks that they have now, written by hand: codes that differ from an {@code ordinary} line |
 * quantity, charged, reimbursed, excess fees and base in euros | contributors. Every act is a
 * consultation of 30 euros, 21 of them reimbursed, where nothing else is said.
 */
class SmallestLeaksTest {
  private static final List<String> ORDINARY =
      List.of("0", "11", "40", "2", "1110", "1", "0", "0", "10", "99", "0", "0");

  @TempDir Path folder;

  @Test
  void excessFeesOfOneLineAreNotToldBesideTenWithout() throws IOException {
    RawText month =
        new RawText()
            .consultations(10, 0, "AGE_BEN_SNDS", "60")
            .consultations(1, 350, "AGE_BEN_SNDS", "60")
            .consultations(20, 80, "AGE_BEN_SNDS", "20");

    assertBlocks(
        month,
        "age_band=20 | 20 600 420 0 600 | 20",
        "age_band=60 | 11 330 231 0 330 | 11",
        "all ND | 0 430 0 430 0 | 21");
  }

  @Test
  void excessFeesOfSeveralBlocksAreToldTogetherWhereTheyAreEnough() throws IOException {
    RawText month = new RawText().consultations(30, 100);
    for (String region : List.of("24", "27")) {
      month.consultations(20, 0, "BEN_RES_REG", region).consultations(7, 70, "BEN_RES_REG", region);
    }

    assertBlocks(
        month,
        "ordinary | 30 1000 630 100 900 | 30",
        "region=24 | 27 810 567 0 810 | 27",
        "region=27 | 27 810 567 0 810 | 27",
        "region=ND | 0 140 0 140 0 | 14");
  }

  @Test
  void amountsThatFewHaveInTheWholeMonthRefuseIt() throws IOException {
    Path file = new RawText().consultations(40, 0).consultations(3, 9).writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.of(file))
        .isInstanceOf(TooFewContributorsException.class)
        .hasMessageContaining("excess_fees");
    assertThat(ReferenceBlocks.of(SourceLines.read(file), ReferencePolicy.builtIn())).isEmpty();
  }

  /** Together they would be 15 acts, 450 euros and 396 reimbursed: six at 70 %, nine at 100 %. */
  @Test
  void exemptAndNotExemptActsStayApart() throws IOException {
    RawText month = new RawText().consultations(40, 0);
    men(month, "5", 6, 9);
    men(month, "24", 7, 7);

    assertBlocks(
        month,
        "ordinary | 40 1200 840 0 1200 | 40",
        "region=ND sex=1 | 13 390 273 0 390 | 13",
        "region=ND sex=1 exemption=42 | 16 480 480 0 480 | 16");
  }

  private static void men(RawText month, String region, int notExempt, int exempt) {
    month
        .consultations(notExempt, 0, "BEN_RES_REG", region, "BEN_SEX_COD", "1")
        .consultations(
            exempt,
            0,
            "BEN_RES_REG",
            region,
            "BEN_SEX_COD",
            "1",
            "EXO_MTF",
            "42",
            "FLT_REM_MNT",
            "" + 30 * exempt,
            "PRS_REM_MNT",
            "" + 30 * exempt);
  }

  @Test
  void oneActEachOfElevenServicesIsNotElevenPersons() throws IOException {
    RawText month = others();
    for (int service = 1101; service <= 1111; service++) {
      month.consultations(1, 0, "PRS_NAT", "" + service, "AGE_BEN_SNDS", "80");
    }

    assertBlocks(month, "all ND | 51 1530 1071 0 1530 | 51", "ordinary | 30 900 630 0 900 | 30");
  }

  @Test
  void manyKilometresInFiveTripsAreTwoPersons() throws IOException {
    RawText month = others();
    for (int trip = 0; trip < 5; trip++) {
      month.consultations(22, 0, "PRS_NAT", "1811", "FLT_ACT_NBR", "1", "AGE_BEN_SNDS", "80");
    }

    // 5 ÷ 3 persons and the forty others.
    assertBlocks(month, "all ND | 150 4500 3150 0 4500 | 41", "ordinary | 30 900 630 0 900 | 30");
  }

  @Test
  void manyDaysOfSickPayInTwoPaymentsAreOnePerson() throws IOException {
    RawText month = others();
    for (int payment = 0; payment < 2; payment++) {
      month.consultations(110, 0, "PRS_NAT", "6111", "FLT_ACT_NBR", "1", "AGE_BEN_SNDS", "80");
    }

    assertBlocks(month, "all ND | 260 7800 5460 0 7800 | 41", "ordinary | 30 900 630 0 900 | 30");
  }

  /** Where the count is missing, the quantity is the only estimate. */
  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void daysOfSickPayWithoutACountAreCountedByDays(String count) throws IOException {
    RawText month = others();
    month.consultations(220, 0, "PRS_NAT", "6111", "FLT_ACT_NBR", count, "AGE_BEN_SNDS", "80");

    assertBlocks(
        month,
        "age_band=20 | 40 1200 840 0 1200 | 40",
        "ordinary | 30 900 630 0 900 | 30",
        "age_band=80 service=6111 | 220 6600 4620 0 6600 | 11");
  }

  @Test
  void elevenLinesWithoutActsAreNotElevenPersons() throws IOException {
    RawText month = others();
    for (int line = 0; line < 11; line++) {
      month.consultations(1, 0, "FLT_ACT_QTE", "0", "AGE_BEN_SNDS", "80");
    }

    assertBlocks(month, "all ND | 40 1530 1071 0 1530 | 40", "ordinary | 30 900 630 0 900 | 30");
  }

  @Test
  void aLineWithoutActsIsNoThirdPartBesideTenMenAndTenWomen() throws IOException {
    RawText month =
        others()
            .consultations(10, 0, "AGE_BEN_SNDS", "60", "BEN_SEX_COD", "1")
            .consultations(10, 0, "AGE_BEN_SNDS", "60", "BEN_SEX_COD", "2")
            .consultations(1, 0, "AGE_BEN_SNDS", "60", "FLT_ACT_QTE", "0", "CPL_COD", "1");

    assertBlocks(month, "all ND | 60 1830 1281 0 1830 | 60", "ordinary | 30 900 630 0 900 | 30");
  }

  /** The women are one part of ten, so that thirty would be ten, ten and ten. */
  @Test
  void smallGroupsArePartsBesideLargeOnes() throws IOException {
    RawText month = others();
    for (String careMonth : List.of("01", "12")) {
      String year = careMonth.equals("01") ? "2025" : "2024";
      month
          .consultations(
              10,
              0,
              "SOI_ANN",
              year,
              "SOI_MOI",
              careMonth,
              "AGE_BEN_SNDS",
              "60",
              "BEN_SEX_COD",
              "1")
          .consultations(
              5,
              0,
              "SOI_ANN",
              year,
              "SOI_MOI",
              careMonth,
              "AGE_BEN_SNDS",
              "60",
              "BEN_SEX_COD",
              "2");
    }

    assertBlocks(
        month,
        "age_band=20 | 40 1200 840 0 1200 | 40",
        "ordinary | 30 900 630 0 900 | 30",
        "age_band=60 sex=ND | 15 450 315 0 450 | 15",
        "care_lag=1 age_band=60 sex=ND | 15 450 315 0 450 | 15");
  }

  /** Eleven and one would be twelve: a reader who knows the method would know both. */
  @Test
  void oneActDoesNotJoinABlockOfElevenAlone() throws IOException {
    RawText month =
        new RawText()
            .consultations(11, 0, "BEN_RES_REG", "11")
            .consultations(40, 0, "BEN_RES_REG", "24")
            .consultations(1, 0, "BEN_RES_REG", "27")
            .consultations(30, 0, "BEN_RES_REG", "28");

    assertBlocks(month, "all ND | 52 1560 1092 0 1560 | 52", "region=28 | 30 900 630 0 900 | 30");
  }

  @Test
  void aLineWithNearlyTheWholeChargeIsNotToldByItsBlock() throws IOException {
    RawText month = others();
    for (int line = 0; line < 11; line++) {
      month.consultations(1, 0, "AGE_BEN_SNDS", "60");
    }
    month.consultations(
        1,
        0,
        "AGE_BEN_SNDS",
        "60",
        "FLT_PAI_MNT",
        "9000",
        "PRS_REM_BSE",
        "9000",
        "FLT_REM_MNT",
        "6300",
        "PRS_REM_MNT",
        "6300");

    assertBlocks(month, "all ND | 52 10530 7371 0 10530 | 52", "ordinary | 30 900 630 0 900 | 30");
  }

  /** A short line has no quantity at all, and a service that is not listed may have a group. */
  @ParameterizedTest
  @ValueSource(strings = {"", "0", "2"})
  void aLineWithoutQuantityOrOfTwoPersonsCanHoldNearlyAll(String quantity) throws IOException {
    RawText month = others().consultations(30, 0, "PRS_NAT", "1108", "AGE_BEN_SNDS", "60");
    month.consultations(
        1,
        0,
        "PRS_NAT",
        "1108",
        "AGE_BEN_SNDS",
        "60",
        "FLT_ACT_QTE",
        quantity,
        "FLT_PAI_MNT",
        "9000",
        "PRS_REM_BSE",
        "9000");

    assertThat(ProtectionCheck.protect(month.writeTo(folder)).keys())
        .noneMatch(codes -> codes.contains("1108"));
  }

  @Test
  void aLineOfManyPersonsMayHoldTheWholeCharge() throws IOException {
    RawText month = others().consultations(12, 0, "PRS_NAT", "1108", "AGE_BEN_SNDS", "60");

    assertBlocks(
        month,
        "age_band=20 | 40 1200 840 0 1200 | 40",
        "ordinary | 30 900 630 0 900 | 30",
        "age_band=60 service=1108 | 12 360 252 0 360 | 12");
  }

  /**
   * The change of 25 acts is 70 % reimbursed, so that all of them are without exemption, and two of
   * 27 stay: it is not published alone, not even without any code.
   */
  @Test
  void aWithdrawalThatLeavesTwoOfItsExemptionIsRefused() throws IOException {
    RawText before = new RawText().consultations(27, 0).consultations(30, 0, "EXO_MTF", "42");
    RawText after = new RawText().consultations(2, 0).consultations(30, 0, "EXO_MTF", "42");
    Path first = before.writeTo(folder, "a.csv");
    Path second = after.writeTo(folder, "b.csv");

    assertThatThrownBy(() -> ProtectedMonth.imports(first, second))
        .isInstanceOf(TooFewContributorsException.class);
  }

  @Test
  void aWithdrawalThatLeavesTwoOfItsExemptionIsPublishedWithAnother() throws IOException {
    RawText before =
        new RawText()
            .consultations(27, 0)
            .consultations(40, 0, "AGE_BEN_SNDS", "60")
            .consultations(30, 0, "EXO_MTF", "42");
    RawText after =
        new RawText()
            .consultations(2, 0)
            .consultations(28, 0, "AGE_BEN_SNDS", "60")
            .consultations(30, 0, "EXO_MTF", "42");

    List<ProtectedMonth> imports =
        ProtectedMonth.imports(before.writeTo(folder, "a.csv"), after.writeTo(folder, "b.csv"));

    assertThat(imports.get(1).blocks().stream().map(SmallestLeaksTest::text))
        .containsExactly("all ND | -37 -1110 -777 0 -1110 | 37");
  }

  /** Twenty acts and eleven reversals are enough each; what is reimbursed in all is of nine. */
  @Test
  void reversalsThatNearlyCancelALayerLeaveTheBlock() throws IOException {
    RawText month =
        others()
            .acts(30, "1110", "AGE_BEN_SNDS", "60", "FLT_REM_MNT", "0", "PRS_REM_MNT", "0")
            .acts(20, "1110", "AGE_BEN_SNDS", "60")
            .acts(-11, "1110", "AGE_BEN_SNDS", "60");

    ProtectedMonth found = ProtectionCheck.protect(month.writeTo(folder));

    assertThat(found.blocks())
        .filteredOn(block -> block.sums().get(0) == 39)
        .singleElement()
        .satisfies(
            block ->
                assertThat(block.sums().get(SourceLines.MEASURES.indexOf("reimbursed")))
                    .isEqualTo(420_40));
  }

  /** Excess fees and their reversal add up to nothing, in an atom of two such lines. */
  @Test
  void excessFeesAloneAndTheirReversalAreBothCounted() throws IOException {
    RawText month = others();
    for (String sign : List.of("", "-")) {
      month.lines(
          1,
          "FLT_ACT_QTE",
          "0",
          "FLT_PAI_MNT",
          sign + "5",
          "FLT_DEP_MNT",
          sign + "5",
          "PRS_REM_BSE",
          "0",
          "PRS_REM_MNT",
          "0",
          "FLT_REM_MNT",
          "0");
    }
    month.lines(
        40,
        "FLT_ACT_QTE",
        "0",
        "CPL_COD",
        "1",
        "FLT_PAI_MNT",
        "5",
        "FLT_DEP_MNT",
        "5",
        "PRS_REM_BSE",
        "0",
        "PRS_REM_MNT",
        "0",
        "FLT_REM_MNT",
        "0");

    ProtectedMonth found = ProtectionCheck.protect(month.writeTo(folder));

    assertThat(
            found.blocks().stream()
                .mapToLong(b -> b.sums().get(SourceLines.MEASURES.indexOf("excess_fees")))
                .sum())
        .isEqualTo(200_00);
  }

  @Test
  void aMonthInWhichThreePeopleHaveExcessFeesIsRefusedByTheNameOfTheMeasure() throws IOException {
    Path month =
        others().acts(3, "1110", "FLT_DEP_MNT", "5", "FLT_PAI_MNT", "95.07").writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.of(month))
        .isInstanceOf(TooFewContributorsException.class)
        .hasMessageContaining("with an amount of excess_fees");
  }

  private static RawText others() {
    return new RawText()
        .consultations(40, 0, "AGE_BEN_SNDS", "20")
        .consultations(30, 0, "AGE_BEN_SNDS", "40");
  }

  private void assertBlocks(RawText month, String... expected) throws IOException {
    ProtectedMonth found = ProtectionCheck.protect(month.writeTo(folder));

    assertThat(found.blocks().stream().map(SmallestLeaksTest::text))
        .containsExactlyInAnyOrder(expected);
  }

  private static String text(BlockFigures block) {
    String codes =
        block.codes().equals(ReferenceBlock.ALL_NOT_DISCLOSED)
            ? "all ND"
            : IntStream.range(0, ORDINARY.size())
                .filter(i -> !block.codes().get(i).equals(ORDINARY.get(i)))
                .mapToObj(i -> SourceLines.DIMENSIONS.get(i) + "=" + block.codes().get(i))
                .collect(Collectors.joining(" "));
    String sums =
        block.sums().subList(1, 5).stream()
            .map(cents -> BigDecimal.valueOf(cents, 2).stripTrailingZeros().toPlainString())
            .collect(Collectors.joining(" "));
    return "%s | %d %s | %d"
        .formatted(
            codes.isEmpty() ? "ordinary" : codes, block.sums().get(0), sums, block.contributors());
  }
}
