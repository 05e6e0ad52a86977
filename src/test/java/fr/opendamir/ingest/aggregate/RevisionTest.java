package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A republished month: the change of each atom is an atom, whose contributors are counted on the
 * change.
 */
class RevisionTest {
  private static final List<String> REGIONS = List.of("11", "24", "27");

  @TempDir Path folder;

  @Test
  void onlyWhatChangedBecomesBlocks() throws IOException {
    Path before =
        new RawText().acts(500, "1110").acts(90, "1351").acts(40, "1111").writeTo(folder, "a.csv");
    Path after =
        new RawText()
            .acts(500, "1110")
            .acts(12, "1110")
            .acts(90, "1351")
            .acts(40, "1111")
            .writeTo(folder, "b.csv");

    List<BlockFigures> change = change(before, after).blocks();

    assertThat(change).singleElement().extracting(BlockFigures::contributors).isEqualTo(12L);
    assertThat(change.get(0).sums().get(0)).isEqualTo(12);
  }

  /**
   * Forty-four acts and a change of forty-three are safe; together they tell the one that is left.
   */
  @Test
  void aWithdrawalThatWouldLeaveFewIsPutTogetherWithOthers() throws IOException {
    Path before =
        new RawText()
            .acts(44, "1110", "BEN_SEX_COD", "1")
            .acts(90, "1110", "BEN_SEX_COD", "2")
            .writeTo(folder, "a.csv");
    Path after =
        new RawText()
            .acts(1, "1110", "BEN_SEX_COD", "1")
            .acts(90, "1110", "BEN_SEX_COD", "2")
            .acts(20, "1110", "BEN_SEX_COD", "2", "EXO_MTF", "41")
            .writeTo(folder, "b.csv");

    List<BlockFigures> change = change(before, after).blocks();

    assertThat(change)
        .filteredOn(block -> block.sums().get(0) < 0)
        .isNotEmpty()
        .allMatch(block -> block.codes().get(SourceLines.DIMENSIONS.indexOf("sex")).equals("ND"));
  }

  @Test
  void aGroupMayVanishAltogether() throws IOException {
    Path before = new RawText().acts(44, "1110").acts(90, "1351").writeTo(folder, "a.csv");
    Path after = new RawText().acts(90, "1351").writeTo(folder, "b.csv");

    assertThat(change(before, after).blocks())
        .singleElement()
        .matches(block -> block.codes().contains("1110"));
  }

  @Test
  void aWithdrawalThatWouldLeaveFewOfTheMonthIsRefused() throws IOException {
    Path before = new RawText().acts(44, "1110").writeTo(folder, "a.csv");
    Path after = new RawText().acts(3, "1110").writeTo(folder, "b.csv");

    assertThatThrownBy(() -> change(before, after)).isInstanceOf(TooFewContributorsException.class);
  }

  /** Six acts and six reversals are nobody, whatever became of the amounts. */
  @Test
  void actsThatCancelAreOneChangeAtMost() throws IOException {
    RawText before = new RawText().acts(44, "1110").acts(90, "1351");
    RawText after = new RawText().acts(44, "1110").acts(90, "1351");
    for (int i = 0; i < 6; i++) {
      after.acts(1, "1110").acts(-1, "1110");
    }
    after.lines(1, "FLT_ACT_QTE", "0", "PRS_NAT", "1110");
    Path first = before.writeTo(folder, "a.csv");
    Path second = after.writeTo(folder, "b.csv");

    assertThatThrownBy(() -> change(first, second)).isInstanceOf(TooFewContributorsException.class);
  }

  /** Fewer codes than those of a published block do not keep a reader from adding the two. */
  @Test
  void aWithdrawalIsWeighedAgainstFinerBlocks() throws IOException {
    RawText before =
        new RawText()
            .acts(44, "1110", "BEN_RES_REG", "11")
            .acts(8, "1110", "BEN_RES_REG", "11", "EXO_MTF", "41", "PSE_SPE_SNDS", "2")
            .acts(8, "1110", "BEN_RES_REG", "24", "EXO_MTF", "41", "PSE_SPE_SNDS", "2")
            .acts(300, "1110", "BEN_RES_REG", "24")
            .acts(200, "1351");
    RawText after =
        new RawText()
            .acts(3, "1110", "BEN_RES_REG", "11")
            .acts(8, "1110", "BEN_RES_REG", "11", "EXO_MTF", "41", "PSE_SPE_SNDS", "2")
            .acts(8, "1110", "BEN_RES_REG", "24", "EXO_MTF", "41", "PSE_SPE_SNDS", "2")
            .acts(300, "1110", "BEN_RES_REG", "24")
            .acts(230, "1351");

    ProtectedMonth change = change(before.writeTo(folder, "a.csv"), after.writeTo(folder, "b.csv"));

    assertThat(change.blocks())
        .singleElement()
        .matches(block -> block.codes().get(SourceLines.DIMENSIONS.indexOf("region")).equals("ND"));
  }

  /** Twenty come and nineteen go again: the one that stays is the change from the first release. */
  @Test
  void aChangeThatIsMostlyTakenBackIsPutTogetherWithOthers() throws IOException {
    Path first = new RawText().acts(100, "1110").acts(90, "1351").writeTo(folder, "a.csv");
    Path second = new RawText().acts(120, "1110").acts(90, "1351").writeTo(folder, "b.csv");
    Path third =
        new RawText()
            .acts(101, "1110")
            .acts(90, "1351")
            .acts(6, "1351", "AGE_BEN_SNDS", "20")
            .acts(6, "1351", "AGE_BEN_SNDS", "60")
            .writeTo(folder, "c.csv");
    Path alone = new RawText().acts(101, "1110").acts(90, "1351").writeTo(folder, "d.csv");

    assertThat(change(first, second, third).blocks())
        .filteredOn(block -> block.codes().contains("1110"))
        .isEmpty();
    assertThatThrownBy(() -> change(first, second, alone))
        .isInstanceOf(TooFewContributorsException.class);
  }

  @Test
  void aMonthThatKeepsFewIsRefusedWhateverElseWentAway() throws IOException {
    Path before =
        new RawText()
            .acts(100, "1110", "BEN_RES_REG", "11")
            .acts(100, "1110", "BEN_RES_REG", "24")
            .writeTo(folder, "a.csv");
    Path after = new RawText().acts(5, "1110", "BEN_RES_REG", "24").writeTo(folder, "b.csv");

    assertThatThrownBy(() -> change(before, after)).isInstanceOf(TooFewContributorsException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {13, 14, 15})
  void thirdFilesAreProtectedAsSpecified(long seed) throws IOException {
    Random random = new Random(seed);
    List<String[]> lines = draw(random, 800);
    Path first = write(lines, "a.csv");
    Path second = write(edited(lines, random, 5), "b.csv");
    Path third = write(edited(lines, random, 3), "c.csv");

    List<ProtectedMonth> imports = ProtectedMonth.imports(first, second, third);

    assertAsSpecified(imports, first, second, third);
    assertThat(imports.get(2).blocks()).isNotEmpty();
  }

  /** Every so many lines have up to two acts more. */
  private static List<String[]> edited(List<String[]> lines, Random random, int every) {
    List<String[]> edited = new ArrayList<>();
    for (String[] line : lines) {
      String[] copy = line.clone();
      if (random.nextInt(every) == 0) {
        copy[0] = String.valueOf(Integer.parseInt(copy[0]) + 1 + random.nextInt(2));
        copy[5] = random.nextInt(5) == 0 ? "9" : copy[5];
      }
      edited.add(copy);
    }
    return edited;
  }

  @Test
  void linesThatWentAwayAreContributorsToo() throws IOException {
    Path before = new RawText().acts(30, "1110").acts(50, "1351").writeTo(folder, "a.csv");
    Path after = new RawText().acts(50, "1351").writeTo(folder, "b.csv");

    assertThat(change(before, after).blocks())
        .singleElement()
        .satisfies(block -> assertThat(block.sums().get(0)).isEqualTo(-30))
        .satisfies(block -> assertThat(block.contributors()).isEqualTo(30));
  }

  /** How many of an atom's lines changed is not known, so that it may have been one. */
  @Test
  void amountsThatChangedCountOneLineForEachAtom() throws IOException {
    RawText before = new RawText();
    RawText after = new RawText();
    for (int i = 0; i < 36; i++) {
      before.acts(100, "1110", "AGE_BEN_SNDS", String.valueOf(i), "FLT_DEP_MNT", "5");
      after.acts(100, "1110", "AGE_BEN_SNDS", String.valueOf(i), "FLT_DEP_MNT", "6");
    }

    assertThat(change(before.writeTo(folder, "a.csv"), after.writeTo(folder, "b.csv")).blocks())
        .singleElement()
        .satisfies(block -> assertThat(block.contributors()).isEqualTo(12))
        .satisfies(block -> assertThat(block.codes()).contains("ND"));
  }

  @Test
  void aChangeOfFewerThanElevenIsRefused() throws IOException {
    Path before = new RawText().acts(500, "1110").writeTo(folder, "a.csv");
    Path after = new RawText().acts(510, "1110").writeTo(folder, "b.csv");

    assertThatThrownBy(() -> change(before, after)).isInstanceOf(TooFewContributorsException.class);
  }

  @Test
  void linesInAnotherOrderChangeNothing() throws IOException {
    Path before = new RawText().acts(50, "1110").acts(60, "1351").writeTo(folder, "a.csv");
    Path after = new RawText().acts(60, "1351").acts(50, "1110").writeTo(folder, "b.csv");

    assertThat(change(before, after).blocks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void changesOfDrawnMonthsAreProtectedAsSpecified(long seed) throws IOException {
    Random random = new Random(seed);
    List<String[]> lines = draw(random, 800);
    Path before = write(lines, "a.csv");
    List<String[]> changed = new ArrayList<>(lines.subList(5, lines.size()));
    changed.addAll(draw(random, 12));
    for (int i = 0; i < changed.size(); i++) {
      if (random.nextInt(2) == 0) {
        String[] line = changed.get(i).clone();
        line[0] = String.valueOf(Integer.parseInt(line[0]) + (random.nextInt(5) == 0 ? -1 : 1));
        changed.set(i, line);
      }
    }
    Path after = write(changed, "b.csv");

    List<ProtectedMonth> imports = ProtectedMonth.imports(before, after);

    assertAsSpecified(imports, before, after);
    assertThat(imports.get(1).blocks()).hasSizeGreaterThan(3);
  }

  /** Each import has the blocks of the reference, made from the lines of all files so far. */
  private static void assertAsSpecified(List<ProtectedMonth> imports, Path... files)
      throws IOException {
    ReferencePolicy policy = ReferencePolicy.builtIn();
    List<List<ReferenceBlock>> published = new ArrayList<>();
    List<SourceLine> before = List.of();
    for (Path file : files) {
      List<SourceLine> lines = SourceLines.read(file);
      List<ReferenceBlock> expected;
      if (published.isEmpty()) {
        expected = ReferenceBlocks.of(lines, policy).orElseThrow();
        ProtectionCheck.blocksHoldTheLines(expected, lines);
      } else {
        ReferenceRevision revision = new ReferenceRevision(before, lines, published, policy);
        expected = ReferenceBlocks.of(revision, policy).orElseThrow();
        ProtectionCheck.blocksHoldTheLines(expected, revision.changes());
      }
      ProtectedMonth found = imports.get(published.size());
      ProtectionCheck.assertSame(found.blocks(), expected);
      assertThat(found.summary().atoms()).isEqualTo(SourceLines.atoms(lines));
      assertThat(ProtectionCheck.problems(expected, policy)).isEmpty();
      published.add(expected);
      before = lines;
    }
  }

  private static List<String[]> draw(Random random, int lines) {
    List<String[]> drawn = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      drawn.add(
          new String[] {
            String.valueOf(random.nextInt(4)),
            List.of("1110", "1111", "1351", "3313").get(random.nextInt(4)),
            REGIONS.get(random.nextInt(REGIONS.size())),
            String.valueOf(1 + random.nextInt(2)),
            List.of("0", "41", "43").get(random.nextInt(3)),
            List.of("0", "0", "5").get(random.nextInt(3))
          });
    }
    return drawn;
  }

  private Path write(List<String[]> lines, String name) throws IOException {
    RawText text = new RawText();
    for (String[] line : lines) {
      text.acts(
          Integer.parseInt(line[0]),
          line[1],
          "BEN_RES_REG",
          line[2],
          "BEN_SEX_COD",
          line[3],
          "EXO_MTF",
          line[4],
          "FLT_DEP_MNT",
          line[5],
          "FLT_PAI_MNT",
          30 * Integer.parseInt(line[0]) + Integer.parseInt(line[5]) + ".07");
    }
    return text.writeTo(folder, name);
  }

  /** The blocks of the last file's change. */
  private ProtectedMonth change(Path... files) throws IOException {
    List<ProtectedMonth> imports = ProtectedMonth.imports(files);
    return imports.get(imports.size() - 1);
  }
}
