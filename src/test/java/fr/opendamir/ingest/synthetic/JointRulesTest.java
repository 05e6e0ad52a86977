package fr.opendamir.ingest.synthetic;

import static fr.opendamir.ingest.source.SourceColumn.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.synthetic.GeneratedFile.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules between the fields of a line, as measured on whole genuine files and genuine lines. */
class JointRulesTest {

  private static final int LINES = 80_000;
  private static final Set<Integer> DEDUCTIONS =
      Set.of(1951, 1952, 1956, 1957, 1971, 1972, 1973, 1974, 1975, 1976, 2285);
  private static final List<SourceColumn> FILTERED =
      List.of(FLT_ACT_COG, FLT_ACT_NBR, FLT_ACT_QTE, FLT_PAI_MNT, FLT_DEP_MNT, FLT_REM_MNT);

  @TempDir static Path directory;

  private static final List<Fields> LINES_OF_MONTH = new ArrayList<>();

  @BeforeAll
  static void readAMonth() throws IOException {
    GeneratedFile.of(directory, YearMonth.of(2025, 1), LINES).forEach(LINES_OF_MONTH::add);
  }

  @Test
  void schemesThatSendFewFieldsSendNoneOfThem() {
    all(
        line -> {
          boolean unknown = line.code(PRS_REM_TYP) == 99;
          return unknown == (line.code(TOP_PS5_TRG) == 9)
              && unknown == (line.code(CPT_ENV_TYP) == 9)
              && unknown == (line.code(EXO_MTF) == 99)
              && unknown == (line.code(MTM_NAT) == 9)
              && unknown == (line.code(BEN_CMU_TOP) == 9)
              && unknown == (line.code(DRG_AFF_NAT) == 99)
              && (!unknown || line.code(DDP_SPE_COD) == 0);
        });
  }

  @Test
  void emptyCountsGoWithTheSchemesWithoutDailyChargeAndStatus() {
    all(
        line -> {
          boolean empty = line.text(PRS_ACT_NBR).isEmpty();
          return empty == (line.code(PRS_FJH_TYP) == 8)
              && empty == (line.code(PSE_STJ_SNDS) == 9)
              && (!empty || line.code(PSP_STJ_SNDS) == 9)
              && (!line.text(FLT_ACT_NBR).isEmpty() || empty);
        });
    assertThat(share(line -> line.text(PRS_ACT_NBR).isEmpty())).isCloseTo(0.10, within(0.01));
  }

  @Test
  void communityCareNamesNoFacility() {
    all(
        line ->
            line.code(ETE_TYP_SNDS) == 99
                ? line.code(ETE_CAT_SNDS) == 9999
                    && line.code(ETE_REG_COD) == 99
                    && line.code(ETE_IND_TAA) == 9
                    && line.code(MFT_COD) == 99
                    && line.code(MDT_TYP_COD) == 9
                    && line.text(ETB_DCS_MCO).equals("Z")
                    && line.code(DDP_SPE_COD) == (line.code(PRS_REM_TYP) == 99 ? 0 : 121)
                : line.code(ETE_CAT_SNDS) != 9999
                    && line.code(ETE_REG_COD) != 99
                    && line.code(ETE_IND_TAA) != 9
                    && line.code(MFT_COD) != 99);
  }

  @Test
  void thePublicSectorHasPublicFacilities() {
    all(line -> line.code(PRS_PPU_SEC) == 2 || Set.of(1, 2, 3).contains(line.code(ETE_TYP_SNDS)));
    all(line -> line.code(PRS_PPU_SEC) == 1 || !Set.of(2, 3).contains(line.code(ETE_TYP_SNDS)));
    // The contradiction that genuine files hold too: health centres of public bodies.
    assertThat(share(line -> line.code(PRS_PPU_SEC) == 2 && line.code(ETE_TYP_SNDS) == 1))
        .isBetween(0.001, 0.01);
  }

  @Test
  void referenceLinesAreKeptWhole() {
    all(line -> line.code(PRS_REM_TYP) != 0 || twinsEqual(line));
  }

  @Test
  void supplementsKeepOnlyTheirReimbursement() {
    all(
        line -> {
          boolean supplement = line.code(CPL_COD) != 0;
          boolean known = line.code(PRS_REM_TYP) != 99;
          return (!known || supplement == (line.code(PRS_REM_TYP) == 1))
              && (!supplement
                  || (line.hundredths(FLT_PAI_MNT) == 0
                      && line.hundredths(FLT_DEP_MNT) == 0
                      && line.hundredths(FLT_ACT_QTE) == 0
                      && line.hundredths(FLT_REM_MNT) == line.hundredths(PRS_REM_MNT)));
        });
  }

  @Test
  void supplementarySharesHaveNoBaseAndAreLeftOut() {
    all(
        line ->
            Set.of(0, 1, 99).contains(line.code(PRS_REM_TYP))
                || (line.hundredths(PRS_REM_BSE) == 0
                    && FILTERED.stream().allMatch(column -> line.hundredths(column) == 0)));
    all(
        line ->
            !Set.of(5, 6).contains(line.code(PRS_REM_TYP))
                || (line.code(CPT_ENV_TYP) == 7
                    && line.code(TOP_PS5_TRG) == 0
                    && line.code(BEN_CMU_TOP) == 1));
  }

  @Test
  void linesOfUnknownRowTypeAreMostlyReferencesAndSometimesShares() {
    Predicate<Fields> unknown = line -> line.code(PRS_REM_TYP) == 99 && line.code(CPL_COD) == 0;
    all(
        line ->
            !unknown.test(line)
                || twinsEqual(line)
                || (line.hundredths(PRS_REM_BSE) == 0
                    && line.hundredths(FLT_PAI_MNT) == 0
                    && line.hundredths(FLT_REM_MNT) == 0));
    double hidden = share(line -> unknown.test(line) && !twinsEqual(line));
    assertThat(hidden / share(unknown)).isBetween(0.02, 0.08);
  }

  @Test
  void theReimbursementIsTheBaseAtTheRateRoundedToCents() {
    all(
        line -> {
          long base = line.hundredths(PRS_REM_BSE);
          long rate = line.hundredths(PRS_REM_TAU);
          if (base == 0 || rate > 100_00) {
            return true;
          }
          long rounded = (Math.abs(base) * rate + 5_000) / 10_000 * Long.signum(base);
          return line.hundredths(PRS_REM_MNT) == rounded;
        });
  }

  @Test
  void deductionsAreNegativeWithoutBaseOrCharge() {
    all(
        line ->
            !DEDUCTIONS.contains(line.code(PRS_NAT))
                || (line.hundredths(PRS_REM_BSE) == 0
                    && line.hundredths(PRS_PAI_MNT) == 0
                    && Long.signum(line.hundredths(PRS_REM_MNT))
                        == -Long.signum(line.hundredths(PRS_ACT_QTE))
                    && line.hundredths(PRS_REM_TAU) == (line.code(PRS_NAT) == 1957 ? 0 : 100_00)));
    assertThat(share(line -> DEDUCTIONS.contains(line.code(PRS_NAT)))).isGreaterThan(0.13);
  }

  @Test
  void overchargesBelongToPhysiciansAndDentists() {
    Predicate<Fields> overcharged = line -> line.hundredths(PRS_DEP_MNT) > 0;
    assertThat(
            share(
                    line ->
                        overcharged.test(line)
                            && (line.code(PSE_SPE_SNDS) != 0 || line.code(PSE_ACT_SNDS) == 19))
                / share(overcharged))
        .isGreaterThan(0.9);
    all(
        line ->
            line.code(PRS_REM_TYP) != 0
                || !overcharged.test(line)
                || line.hundredths(PRS_PAI_MNT)
                    == line.hundredths(PRS_REM_BSE) + line.hundredths(PRS_DEP_MNT));
  }

  @Test
  void cashBenefitsAreReimbursedWithoutCharge() {
    Predicate<Fields> cash = line -> Set.of(61, 62, 71, 81, 82).contains(line.code(PRS_NAT) / 100);
    all(line -> !cash.test(line) || line.hundredths(PRS_PAI_MNT) == 0);
    assertThat(share(cash)).isGreaterThan(0.005);
  }

  @Test
  void theCategoryFollowsTheActivityOrTheFacilityThatBills() {
    all(
        line -> {
          int category = line.code(PSE_ACT_CAT);
          boolean fits =
              switch (line.code(PSE_ACT_SNDS)) {
                case 50, 55, 60 -> category == 2;
                case 30 -> category == 3;
                case 19 -> category == 4;
                case 21 -> category == 5;
                case 24 -> category == 6 || category == 3;
                case 26 -> category == 7;
                case 27 -> category == 8;
                case 28, 29 -> category == 9;
                default -> category == 99 || (category == 1 && line.code(PSE_SPE_SNDS) > 0);
              };
          return fits || category == 0;
        });
    all(line -> line.code(PSE_ACT_SNDS) == 0 || line.code(PSE_SPE_SNDS) == 0);
  }

  @Test
  void theServiceDecidesWhoCarriesItOut() {
    all(line -> line.code(PRS_NAT) != 3211 || line.code(PSE_ACT_SNDS) == 30);
    all(line -> line.code(PRS_NAT) / 100 != 42 || line.code(PSE_ACT_SNDS) == 55);
    all(line -> line.code(PRS_NAT) / 100 != 21 || line.code(ETE_TYP_SNDS) != 99);
    assertThat(
            share(line -> line.code(PRS_NAT) == 3313 && line.code(PSE_ACT_SNDS) == 50)
                / share(line -> line.code(PRS_NAT) == 3313))
        .isGreaterThan(0.97);
    assertThat(
            share(line -> line.code(PRS_NAT) == 1110 && line.code(PSE_SPE_SNDS) == 1)
                / share(line -> line.code(PRS_NAT) == 1110))
        .isGreaterThan(0.8);
  }

  @Test
  void mostLinesStayInOneRegion() {
    assertThat(share(line -> line.code(ORG_CLE_REG) == line.code(BEN_RES_REG))).isGreaterThan(0.6);
    Predicate<Fields> named = line -> line.code(EXE_INS_REG) != 99;
    assertThat(
            share(line -> named.test(line) && line.code(EXE_INS_REG) == line.code(BEN_RES_REG))
                / share(named))
        .isGreaterThan(0.6);
  }

  @Test
  void careIsPaidMostlyTheSameMonthOrTheNext() {
    assertThat(share(line -> monthsBack(line) == 0)).isCloseTo(0.481, within(0.02));
    assertThat(share(line -> monthsBack(line) == 1)).isCloseTo(0.279, within(0.02));
    assertThat(share(line -> monthsBack(line) == 2)).isCloseTo(0.082, within(0.01));
    all(line -> monthsBack(line) >= 0);
    assertThat(share(line -> line.text(SOI_ANN).equals("0000"))).isBetween(0.0001, 0.001);
    all(line -> !line.text(SOI_ANN).equals("0000") || line.text(SOI_MOI).equals("00"));
  }

  @Test
  void childrenAreMostlyInsuredThroughTheirParents() {
    Predicate<Fields> child = line -> line.code(AGE_BEN_SNDS) == 0;
    assertThat(share(line -> child.test(line) && line.code(BEN_QLT_COD) == 3) / share(child))
        .isGreaterThan(0.6);
  }

  private static int monthsBack(Fields line) {
    int year = line.code(SOI_ANN);
    return year < 1900 ? 0 : 2025 * 12 + 1 - (year * 12 + line.code(SOI_MOI));
  }

  private static boolean twinsEqual(Fields line) {
    return line.text(PRS_ACT_COG).equals(line.text(FLT_ACT_COG))
        && line.text(PRS_ACT_NBR).equals(line.text(FLT_ACT_NBR))
        && line.text(PRS_ACT_QTE).equals(line.text(FLT_ACT_QTE))
        && line.text(PRS_PAI_MNT).equals(line.text(FLT_PAI_MNT))
        && line.text(PRS_DEP_MNT).equals(line.text(FLT_DEP_MNT))
        && line.text(PRS_REM_MNT).equals(line.text(FLT_REM_MNT));
  }

  private static void all(Predicate<Fields> rule) {
    assertThat(LINES_OF_MONTH.stream().filter(rule.negate()).findFirst().map(Fields::values))
        .isEmpty();
  }

  private static double share(Predicate<Fields> condition) {
    return LINES_OF_MONTH.stream().filter(condition).count() / (double) LINES;
  }
}
