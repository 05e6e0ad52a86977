package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months made to hurt: each is compared block by block with the reference. */
class SafetyPropertyTest {
  private static final List<String> REGIONS = List.of("11", "24", "27", "28", "32", "84", "99");
  private static final List<String> AGES = List.of("0", "20", "40", "60", "80");

  @TempDir Path folder;

  @Test
  void linesOfOneActEachArePooledUntilSafe() throws IOException {
    RawText text = new RawText();
    for (String region : REGIONS) {
      for (String age : AGES) {
        text.acts(1, "1110", "BEN_RES_REG", region, "AGE_BEN_SNDS", age);
      }
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    // Five per region and 35 in all: age, then region, must go.
    assertThat(month.blocks())
        .singleElement()
        .extracting(BlockFigures::contributors)
        .isEqualTo(35L);
  }

  @Test
  void oneGiantLineIsOneBlock() throws IOException {
    RawText text = new RawText().acts(60_000_000, "3313");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks())
        .singleElement()
        .extracting(BlockFigures::contributors)
        .isEqualTo(15_000_000L);
  }

  @Test
  void giantLineDoesNotShelterSmallOnes() throws IOException {
    RawText text =
        new RawText().acts(60_000_000, "1110").acts(7, "1111").acts(4, "1110", "EXO_MTF", "41");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks()).hasSize(2).allMatch(block -> block.contributors() >= 11);
  }

  @Test
  void reversalsAloneCountByTheirSize() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 40; i++) {
      text.acts(-1 - i % 3, "1110", "BEN_RES_REG", REGIONS.get(i % 7));
      text.acts(-2, "3313", "AGE_BEN_SNDS", AGES.get(i % 5));
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks()).allMatch(block -> block.sums().get(0) < 0);
  }

  @Test
  void emptyQuantitiesCountAsLinesWithoutQuantity() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 85; i++) {
      text.line(
          "FLT_ACT_QTE",
          "",
          "FLT_ACT_NBR",
          "",
          "PRS_ACT_NBR",
          "",
          "BEN_RES_REG",
          i < 40 ? "11" : "24");
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks())
        .extracting(BlockFigures::contributors)
        .containsExactlyInAnyOrder(13L, 15L);
  }

  @Test
  void amountOnlyLinesCountAsLines() throws IOException {
    RawText text =
        new RawText()
            .lines(36, "FLT_ACT_QTE", "0", "CPL_COD", "1", "FLT_PAI_MNT", "25")
            .lines(24, "FLT_ACT_QTE", "0", "CPL_COD", "2", "FLT_PAI_MNT", "25")
            .lines(24, "FLT_ACT_QTE", "0", "CPL_COD", "3", "FLT_PAI_MNT", "25")
            .acts(4, "1110", "CPL_COD", "3", "BEN_RES_REG", "24")
            .acts(100, "1110", "BEN_RES_REG", "5");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    // 36 lines; 48 lines, which join no acts, because they would not count beside them; 104 acts.
    assertThat(month.blocks())
        .extracting(BlockFigures::contributors)
        .containsExactlyInAnyOrder(12L, 16L, 104L);
  }

  /**
   * Twenty in two parts of ten at most are ten and ten: who knows the algorithm would know both.
   */
  @Test
  void partsThatTheirSumWouldTellAreNotPutTogetherAlone() throws IOException {
    RawText text =
        new RawText()
            .acts(10, "1110", "BEN_SEX_COD", "1")
            .acts(10, "1110", "BEN_SEX_COD", "2")
            .acts(8, "1351", "BEN_SEX_COD", "1")
            .acts(8, "1351", "BEN_SEX_COD", "2")
            .acts(90, "1111");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks())
        .extracting(BlockFigures::contributors)
        .containsExactlyInAnyOrder(90L, 36L);
  }

  @Test
  void actsThatCancelAreNobodyThoughTheirLinesAreMany() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 30; i++) {
      text.acts(i % 2 == 0 ? 1 : -1, "1110");
    }
    text.acts(12, "1351");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    // The thirty lines have net quantity zero: nothing but the merge can publish them.
    assertThat(month.blocks())
        .singleElement()
        .extracting(BlockFigures::contributors)
        .isEqualTo(12L);
  }

  @Test
  void elevenNursingActsAreNotElevenPeople() throws IOException {
    RawText text =
        new RawText()
            .acts(11, "3112", "BEN_RES_REG", "11")
            .acts(164, "3112", "BEN_RES_REG", "24")
            .acts(165, "3112", "BEN_RES_REG", "27");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks()).extracting(BlockFigures::contributors).containsOnly(11L);
    assertThat(month.keys()).anyMatch(codes -> codes.contains("27"));
    assertThat(month.keys()).noneMatch(codes -> codes.contains("24"));
  }

  @Test
  void undocumentedServicesCountAsTheRarestKind() throws IOException {
    RawText text =
        new RawText()
            .acts(219, "5999", "BEN_RES_REG", "11")
            .acts(240, "5999", "BEN_RES_REG", "24")
            .acts(30, "2999")
            .acts(11, "1110", "BEN_RES_REG", "27")
            .acts(3, "1951");

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks()).allMatch(block -> block.contributors() >= 11);
    assertThat(month.keys()).anyMatch(codes -> codes.contains("24") && codes.contains("5999"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 4, 5})
  void drawnMonthsAreProtectedAsSpecified(long seed) throws IOException {
    ProtectedMonth month = ProtectionCheck.protect(draw(new Random(seed)).writeTo(folder));

    assertThat(month.blocks()).isNotEmpty();
    // Some blocks lose a component, which other blocks have alone.
    assertThat(month.blocks()).anyMatch(block -> block.sums().get(0) == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 0, 10})
  void fewerThanElevenContributorsInAllAreRefused(int quantity) throws IOException {
    Path file = new RawText().acts(quantity, "1110").writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.of(file))
        .isInstanceOf(TooFewContributorsException.class)
        .hasMessageContaining("11");
  }

  @Test
  void aFractionBelowElevenContributorsIsRefused() throws IOException {
    // 10 people, 14 of 15 acts of another, and one more of 20 acts of sick pay: 10.98 persons.
    Path file =
        new RawText().acts(10, "1110").acts(14, "3112").acts(1, "6111").writeTo(folder, "a.csv");
    Path safe =
        new RawText().acts(10, "1110").acts(14, "3112").acts(2, "6111").writeTo(folder, "b.csv");

    assertThatThrownBy(() -> ProtectedMonth.of(file))
        .isInstanceOf(TooFewContributorsException.class);
    assertThat(ProtectionCheck.protect(safe).blocks())
        .singleElement()
        .extracting(BlockFigures::contributors)
        .isEqualTo(11L);
  }

  /** Few codes and small quantities of both signs, so that every step has something to do. */
  private static RawText draw(Random random) {
    RawText text = new RawText();
    int lines = 60 + random.nextInt(240);
    for (int i = 0; i < lines; i++) {
      int quantity = random.nextInt(5) == 0 ? -random.nextInt(6) : random.nextInt(9);
      int excessFees = random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 0;
      int other = random.nextInt(6) == 0 ? 40 : 0;
      int supplementary = random.nextInt(4) == 0 ? 3 : 0;
      text.acts(
          quantity,
          pick(random, "1110", "1111", "1351", "3112", "3313", "3312", "6111", "1952", "9999"),
          "BEN_RES_REG",
          pick(random, "11", "24"),
          "AGE_BEN_SNDS",
          pick(random, "20", "20", "60"),
          "BEN_SEX_COD",
          pick(random, "1", "2", ""),
          "EXO_MTF",
          pick(random, "0", "0", "41", "43", "99", "20", "50", ""),
          "PSE_SPE_SNDS",
          pick(random, "1", "1", "0"),
          "CPL_COD",
          pick(random, "0", "0", "0", "1"),
          "SOI_MOI",
          pick(random, "01", "01", "00", "12"),
          "FLT_ACT_NBR",
          pick(random, "", "0", "1", "1", "2"),
          "FLT_DEP_MNT",
          String.valueOf(excessFees),
          "FLT_PAI_MNT",
          30 * quantity + excessFees + other + ".07",
          "PRS_REM_MNT",
          21 * quantity + supplementary + ".4");
    }
    return text;
  }

  private static String pick(Random random, String... codes) {
    return codes[random.nextInt(codes.length)];
  }
}
