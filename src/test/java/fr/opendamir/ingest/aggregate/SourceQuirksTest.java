package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oddities of genuine files that must be kept, never dropped and never repaired. */
class SourceQuirksTest {
  private static final int LAG = SourceLines.DIMENSIONS.indexOf("care_lag");
  private static final int REGION = SourceLines.DIMENSIONS.indexOf("region");
  private static final int SERVICE = SourceLines.DIMENSIONS.indexOf("service");
  private static final int SUPPLEMENT = SourceLines.DIMENSIONS.indexOf("supplement");

  @TempDir Path folder;

  /** One region for each care date, so that a block shows what became of it. */
  @Test
  void careDateBecomesALag() throws IOException {
    List<String> dates =
        List.of(
            "2025-01 0",
            "2024-12 1",
            "2024-11 2",
            "2024-10 3",
            "2024-09 4",
            "2024-08 5",
            "2024-07 6_11",
            "2024-02 6_11",
            "2024-01 12_plus",
            "2005-01 12_plus",
            "1000-01 12_plus",
            "0999-12 unknown",
            "0000-00 unknown",
            "0001-01 unknown",
            "2024-00 unknown",
            "2025-02 unknown",
            "2026-01 unknown",
            "2024-13 unknown",
            "- unknown");
    RawText text = new RawText();
    for (int i = 0; i < dates.size(); i++) {
      String date = dates.get(i).substring(0, dates.get(i).indexOf(' '));
      String year = date.substring(0, date.indexOf('-'));
      String month = date.substring(date.indexOf('-') + 1);
      text.acts(12, "1110", "BEN_RES_REG", "" + i, "SOI_ANN", year, "SOI_MOI", month);
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.keys()).hasSameSizeAs(dates);
    assertThat(month.keys())
        .allSatisfy(
            codes ->
                assertThat(dates.get(Integer.parseInt(codes.get(REGION))))
                    .endsWith(" " + codes.get(LAG)));
  }

  @Test
  void letterCodesAreKept() throws IOException {
    Path file =
        new RawText()
            .acts(12, "1110", "CPL_COD", "X")
            .acts(13, "1110")
            .acts(40, "1110", "BEN_RES_REG", "5") // the first block, given up for the five acts
            .acts(300, "A12")
            .acts(5, "B7")
            .writeTo(folder);

    ProtectedMonth month = ProtectionCheck.protect(file);

    assertThat(codes(month, SUPPLEMENT)).contains("X", "0");
    assertThat(codes(month, SERVICE)).contains("A12", "1110");
  }

  @Test
  void codesOutsideTheListsAreKept() throws IOException {
    assertKept("X", "07", "12345", "70000", "4294967296", "a_b", "_", "Zz9", "1e2", "0x10");
  }

  @Test
  void aDamagedCodeIsNotPrintedAsItIs() throws IOException {
    Path file =
        new RawText().acts(12, "1110").acts(12, "1110", "CPL_COD", "\u0001").writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 3", "CPL_COD", "0x01");
  }

  /** What no question can name can be neither kept nor excluded by a filter. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " 11",
        "11 ",
        " ",
        "-1",
        "+1",
        "'11'",
        "a  b",
        "a\u200Bb",
        "a\u202Eb",
        "1\"1",
        "1,2",
        "1.5",
        "3.0",
        "NaN",
        "NULL",
        "N/A",
        "#N/A",
        "<NA>",
        "!11",
        "11..24",
        "=1+1",
        "@x",
        "\u00a011",
        "\uFFFD",
        "a_code_of_more_than_sixty_four_letters_which_no_question_may_name_at_all"
      })
  void codesThatNoQuestionCanNameAreRefused(String code) throws IOException {
    Path file = new RawText().acts(12, "1110").acts(12, "1110", "CPL_COD", code).writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 3", "CPL_COD", "cannot be a code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O'Z",
        "a\\b",
        "x y",
        "a-b",
        "é",
        "e\u0301",
        "*",
        "<b>",
        "１１",
        "%s",
        "50 %",
        "a&b=c#d",
        "' OR 1=1 --",
        "/*",
        "$1",
        "?",
        "{}",
        "日本",
        "😀",
        "\\.",
        "a:b",
        "ND."
      })
  void codesOfPrintableCharactersAreKept(String code) throws IOException {
    assertKept(code);
    assertKept(code, "A12");
  }

  @Test
  void aCodeOf64LettersIsKept() throws IOException {
    assertKept("x".repeat(64));
  }

  /** Words to us, numbers to a reader that casts: such a code must not become another one. */
  @ParameterizedTest
  @ValueSource(strings = {"1e2", "0x10", "1_0", "007"})
  void codesThatLookLikeOtherNumbersAreNotTurnedIntoThem(String code) throws IOException {
    assertKept(code); // alone, since a true word beside it would make a cast fail
  }

  /** A source code that passes for one of ours would be read as what it is not. */
  @ParameterizedTest
  @ValueSource(strings = {"ND", "NR", "_T", "G:pharmacy", "G:"})
  void codesThatWouldPassForReservedOnesAreRefused(String code) throws IOException {
    Path file = new RawText().acts(12, "1110").acts(12, "1110", "CPL_COD", code).writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 3", "CPL_COD", code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01110", "1110_", "_1110"})
  void servicesThatOnlyLookDocumentedAreNot(String code) throws IOException {
    Path file =
        new RawText()
            .acts(400, code, "BEN_RES_REG", "24")
            .acts(11, code)
            .acts(30, "1110", "BEN_RES_REG", "5")
            .acts(11, "1110")
            .writeTo(folder);

    ProtectedMonth month = ProtectionCheck.protect(file);

    assertThat(month.keys()).anyMatch(codes -> codes.contains("24"));
  }

  @Test
  void undocumentedCodesAreReportedWithTheirLines() throws IOException {
    Path file =
        new RawText()
            .acts(240, "5999")
            .acts(3, "5999", "BEN_RES_REG", "24")
            .acts(12, "1110", "CPL_COD", "X")
            .writeTo(folder);

    try (MonthAggregation month = ProtectedMonth.open(file, ProtectedMonth.POLICY, 256, 2)) {
      var unusedTotals = month.scan((lines, share) -> {});

      assertThat(month.undocumentedCodes())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(Level.SERVICE_CODE, Map.of("5999", 2L), Level.SUPPLEMENT, Map.of("X", 1L)));
    }
  }

  @Test
  void shortLinesArePaddedNotDropped() throws IOException {
    RawText text = new RawText();
    String line = new RawText().acts(12, "1110").lines().get(0);
    // Cut inside the tail, before the provider, and after FLT_ACT_QTE: what is cut is not filled.
    for (int fields : List.of(55, 45, 26)) {
      text.raw(first(fields, line));
    }
    // These blocks come first and are given up for the line without a service, and so is its
    // supplementary share; the last one shows what a line without provider became.
    text.acts(12, "1110").acts(30, "1110", "BEN_RES_REG", "5", "FLT_REM_MNT", "0");
    // And charges without a base, so that the amounts of the cut lines are hidden among others.
    text.acts(60, "3512", "PRS_REM_BSE", "0", "PRS_REM_MNT", "0", "FLT_REM_MNT", "0");
    text.raw(first(45, new RawText().acts(12, "1110", "BEN_RES_REG", "24").lines().get(0)));

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.totals().lines()).isEqualTo(7);
    assertThat(month.blocks().stream().mapToLong(block -> block.sums().get(0)).sum())
        .isEqualTo(150);
    assertThat(month.keys()).anyMatch(codes -> codes.contains("NR"));
  }

  @Test
  void shortLinesWithoutServiceAreUndocumentedOnes() throws IOException {
    RawText text = new RawText().acts(50, "1110", "BEN_RES_REG", "24").acts(30, "1110");
    String line = text.lines().get(1);
    text.raw(first(31, line)).raw(first(31, line));

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    // 60 acts of no known service are three persons: the remainder of a merge.
    assertThat(codes(month, SERVICE)).containsExactlyInAnyOrder("1110", "ND");
  }

  @Test
  void identicalLinesAllCount() throws IOException {
    Path file = new RawText().lines(15).writeTo(folder);

    ProtectedMonth month = ProtectionCheck.protect(file);

    assertThat(month.totals().lines()).isEqualTo(15);
    assertThat(month.blocks().get(0).sums().get(0)).isEqualTo(15);
  }

  @Test
  void amountsNeedNoLeadingZeroAndMayHaveOneDecimal() throws IOException {
    Path file =
        new RawText()
            .acts(12, "1110", "FLT_PAI_MNT", ".57", "FLT_REM_MNT", "-.5", "FLT_DEP_MNT", "7")
            .writeTo(folder);

    ProtectedMonth month = ProtectionCheck.protect(file);

    assertThat(month.blocks().get(0).sums().subList(1, 4)).containsExactly(57L, -50L, 700L);
  }

  @Test
  void amountsOfManyDigitsStayExact() throws IOException {
    RawText text = new RawText().acts(12, "1110", "FLT_PAI_MNT", "999999999999.99");
    for (int i = 0; i < 100; i++) {
      text.acts(1, "1110", "FLT_PAI_MNT", "12345678.91");
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(month.blocks().get(0).sums().get(1)).isEqualTo(100_123_456_789_099L);
  }

  private static String first(int fields, String line) {
    return String.join(";", List.of(line.split(";", -1)).subList(0, fields));
  }

  private void assertKept(String... supplements) throws IOException {
    RawText text = new RawText();
    for (String code : supplements) {
      text.acts(12, "1110", "CPL_COD", code);
    }

    ProtectedMonth month = ProtectionCheck.protect(text.writeTo(folder));

    assertThat(codes(month, SUPPLEMENT)).containsExactlyInAnyOrder(supplements);
  }

  private static List<String> codes(ProtectedMonth month, int position) {
    return month.keys().stream().map(codes -> codes.get(position)).distinct().toList();
  }
}
