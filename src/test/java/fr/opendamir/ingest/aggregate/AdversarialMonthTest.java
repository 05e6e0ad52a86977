package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months made to find a hole in the protection; each is compared with the reference. */
class AdversarialMonthTest {
  private static final List<String> EXEMPTIONS = List.of("0", "41", "42", "43", "82", "55");

  @TempDir Path folder;

  @Test
  void oneServiceInManyPlaces() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 300; i++) {
      text.acts(
          1 + i % 9,
          "3112",
          "BEN_RES_REG",
          String.valueOf(20 + i % 7),
          "AGE_BEN_SNDS",
          String.valueOf(10 * (i / 7 % 8)));
    }

    ProtectedMonth month = protect(text);

    assertThat(month.blocks()).allMatch(block -> block.sums().get(0) >= 11 * 15);
  }

  @Test
  void oneRegionWithManyServices() throws IOException {
    List<String> services = List.of("1110", "1111", "1211", "2111", "3125", "3313", "4211", "9999");
    RawText text = new RawText();
    for (int i = 0; i < 400; i++) {
      text.acts(
          1 + i % 3,
          services.get(i % services.size()),
          "AGE_BEN_SNDS",
          String.valueOf(10 * (i / 10 % 8)),
          "EXO_MTF",
          EXEMPTIONS.get(i / 3 % EXEMPTIONS.size()));
    }

    ProtectedMonth month = protect(text);

    assertThat(month.blocks()).hasSizeGreaterThan(5);
  }

  /** Net quantities count by service: what one service takes back hides nobody of another. */
  @Test
  void reversalsOfOneServiceDoNotCancelActsOfAnother() throws IOException {
    ProtectedMonth month = protect(new RawText().acts(6, "1110").acts(-6, "1211").acts(3, "1111"));

    assertThat(month.keys()).singleElement().matches(codes -> codes.contains("ND"));
    assertThat(month.blocks())
        .extracting(BlockFigures::contributors, block -> block.sums().get(0))
        .containsExactly(tuple(12L, 3L));
  }

  /** Three safe sets of lines, but the whole holds five: lines do not count beside acts. */
  @Test
  void amountsAndAFewActsAreTooFewTogether() throws IOException {
    Path file =
        new RawText()
            .lines(11, "FLT_ACT_QTE", "0", "BEN_RES_REG", "24")
            .lines(12, "FLT_ACT_QTE", "0", "BEN_RES_REG", "27")
            .lines(13, "FLT_ACT_QTE", "0", "BEN_RES_REG", "28")
            .acts(5, "1110")
            .writeTo(folder);

    assertThatThrownBy(() -> ProtectedMonth.of(file))
        .isInstanceOf(TooFewContributorsException.class);
  }

  /** Forty blocks are alike: which three take the remainder must not be left to chance. */
  @Test
  void choiceAmongBlocksThatAreAlikeIsAlwaysTheSame() throws IOException {
    RawText ties = new RawText();
    for (int region = 20; region < 60; region++) {
      ties.acts(15, "1110", "BEN_RES_REG", String.valueOf(region));
    }
    ties.acts(2, "1211").acts(-1, "1110", "BEN_RES_REG", "93");
    ProtectedMonth expected = protect(ties);
    List<String> lines = new ArrayList<>(ties.lines());
    Collections.shuffle(lines, new Random(1));
    lines.add(0, String.join(";", RawText.COLUMNS) + ";");
    Path shuffled = Files.write(folder.resolve("A202501-shuffled.csv"), lines);

    ProtectedMonth month = ProtectedMonth.of(shuffled, ProtectedMonth.POLICY, 128, 4);

    assertThat(expected.keys()).contains(ReferenceBlock.ALL_NOT_DISCLOSED).hasSize(38);
    assertThat(month.blocks()).containsExactlyInAnyOrderElementsOf(expected.blocks());
  }

  @Test
  void linesCutAfterTheirMonthAreLinesOfNothing() throws IOException {
    ProtectedMonth month = protect(new RawText().raw("202501").raw("202501;11").acts(20, "1110"));

    assertThat(month.totals().lines()).isEqualTo(3);
    assertThat(month.keys()).containsExactly(ReferenceBlock.ALL_NOT_DISCLOSED);
  }

  @Test
  void unknownColumnsMayBeNamedLikeThoseOfTheImport() throws IOException {
    List<String> columns = new ArrayList<>(List.of("region", "lines", "service", "quantity"));
    columns.addAll(RawText.COLUMNS);
    RawText text =
        new RawText().columns(columns).acts(12, "1110", "region", "7", "quantity", "many");

    assertThat(protect(text).keys())
        .containsExactly(
            List.of("0", "11", "40", "2", "1110", "1", "0", "0", "10", "99", "0", "0"));
  }

  @Test
  void blankLineInTheMiddleIsNoLine() throws IOException {
    ProtectedMonth month = protect(new RawText().acts(12, "1110").raw("").acts(13, "1110"));

    assertThat(month.totals().lines()).isEqualTo(2);
  }

  private ProtectedMonth protect(RawText text) throws IOException {
    return ProtectionCheck.protect(text.writeTo(folder));
  }
}
