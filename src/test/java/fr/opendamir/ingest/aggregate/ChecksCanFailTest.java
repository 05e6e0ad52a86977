package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.disclosure.Component;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PersonWeights;
import fr.opendamir.disclosure.Recoding;
import fr.opendamir.disclosure.WeakenedPolicy;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same checks under a wrong protection: were they to pass, they would prove nothing. */
class ChecksCanFailTest {
  private static final DisclosurePolicy RIGHT = ProtectedMonth.POLICY;
  private static final PersonWeights WEIGHTS = RIGHT.weights();

  private static Path file;

  @TempDir Path folder;

  @BeforeAll
  static void generate(@TempDir Path classFolder) throws IOException {
    file = classFolder.resolve("A202501.csv");
    SyntheticMonth month = SyntheticMonth.of(YearMonth.of(2025, 1), 3_000, 11);
    var unused = new SyntheticFileWriter(2).write(month, file);
  }

  @Test
  void lowerThresholdIsSeen() throws IOException {
    DisclosurePolicy lower = new WeakenedPolicy().threshold(2).policy();
    ProtectedMonth month = ProtectedMonth.of(file, lower);

    // Right by its own threshold, so that the reference knows the lines of each of its blocks …
    ReferencePolicy ownRules = ReferencePolicy.of(lower);
    ProtectionCheck.check(file, month, ownRules);
    List<ReferenceBlock> blocks =
        ReferenceBlocks.of(SourceLines.read(file), ownRules).orElseThrow();
    // … and those show how few persons some hold.
    assertThat(ProtectionCheck.problems(blocks, ReferencePolicy.builtIn())).hasSizeGreaterThan(20);
    assertFails(month);
  }

  @Test
  void actsTakenForPersonsAreSeen() throws IOException {
    Map<String, Integer> one = new TreeMap<>(WEIGHTS.actsPerPerson());
    one.replaceAll((group, acts) -> 1);

    assertSeen(new WeakenedPolicy().weights(weights(one, WEIGHTS.countsPerPerson(), 3, 3)));
  }

  @Test
  void kilometresAndDaysTakenForPersonsAreSeen() throws IOException {
    Path month =
        new RawText()
            .acts(220, "6111", "FLT_ACT_NBR", "2", "BEN_RES_REG", "24")
            .acts(90, "1110")
            .writeTo(folder);

    assertSeen(
        month, new WeakenedPolicy().weights(weights(WEIGHTS.actsPerPerson(), Map.of(), 3, 3)));
  }

  @Test
  void linesTakenForPersonsAreSeen() throws IOException {
    Path months =
        new RawText()
            .lines(12, "FLT_ACT_QTE", "0", "BEN_RES_REG", "24")
            .acts(90, "1110")
            .writeTo(folder);

    assertSeen(
        months,
        new WeakenedPolicy()
            .weights(weights(WEIGHTS.actsPerPerson(), WEIGHTS.countsPerPerson(), 1, 3)));
  }

  @Test
  void onePersonOfManyServicesIsSeen() throws IOException {
    assertSeen(
        new WeakenedPolicy()
            .weights(weights(WEIGHTS.actsPerPerson(), WEIGHTS.countsPerPerson(), 3, 1000)));
  }

  @Test
  void oneComponentThatIsNotProtectedIsSeen() throws IOException {
    Set<Component> some = EnumSet.allOf(Component.class);
    some.remove(Component.EXCESS_FEES);

    assertSeen(new WeakenedPolicy().components(some));
  }

  /** The blocks of another set of components may look the same: their lines do not. */
  @Test
  void blocksWithFewContributorsOfAComponentAreSeen() throws IOException {
    DisclosurePolicy none = new WeakenedPolicy().components(Set.of()).policy();
    List<ReferenceBlock> blocks =
        ReferenceBlocks.of(SourceLines.read(file), ReferencePolicy.of(none)).orElseThrow();

    assertThat(ProtectionCheck.problems(blocks, ReferencePolicy.builtIn()))
        .anyMatch(problem -> problem.contains("few contributors of EXCESS_FEES"))
        .allMatch(problem -> problem.contains(" of "));
  }

  @Test
  void classesOfExemptionsPutTogetherAreSeen() throws IOException {
    assertSeen(new WeakenedPolicy().exemptionClasses(Map.of()));
  }

  @Test
  void lineThatHoldsNearlyAllOfABlockIsSeen() throws IOException {
    Path months =
        new RawText()
            .lines(11, "BEN_RES_REG", "24")
            .line("BEN_RES_REG", "24", "FLT_PAI_MNT", "9000")
            .acts(90, "1110")
            .writeTo(folder);

    assertSeen(months, new WeakenedPolicy().largestShare(100));
  }

  @Test
  void partsThatTheirSumTellsAreSeen() throws IOException {
    assertSeen(new WeakenedPolicy().leastUncertainty(1));
  }

  @Test
  void anotherOrderOfRecodingsIsSeen() throws IOException {
    List<Recoding> order = new ArrayList<>(RIGHT.recodings());
    Collections.swap(order, 0, order.size() - 2);

    assertSeen(new WeakenedPolicy().recodings(order));
  }

  @Test
  void lostLineIsSeen() throws IOException {
    ProtectedMonth month = ProtectedMonth.of(file);
    ProtectionCheck.check(file, month);
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    Path longer = folder.resolve("A202501.csv");
    lines.add(lines.get(lines.size() - 1));

    assertFails(Files.write(longer, lines), month);
  }

  @Test
  void lostCentIsSeen() throws IOException {
    ProtectedMonth month = ProtectedMonth.of(file);
    List<BlockFigures> blocks = new ArrayList<>(month.blocks());
    BlockFigures first = blocks.get(0);
    List<Long> sums = new ArrayList<>(first.sums());
    sums.set(1, sums.get(1) - 1);
    blocks.set(0, new BlockFigures(first.codes(), sums, first.contributors()));

    assertFails(new ProtectedMonth(month.totals(), month.summary(), blocks));
  }

  private static void assertSeen(WeakenedPolicy weakened) throws IOException {
    assertSeen(file, weakened);
  }

  /** The weaker policy does what it says, and the checks of the right one see it. */
  private static void assertSeen(Path source, WeakenedPolicy weakened) throws IOException {
    ProtectedMonth month = ProtectedMonth.of(source, weakened.policy());
    ProtectionCheck.check(source, month, ReferencePolicy.of(weakened.policy()));
    assertFails(source, month);
  }

  private static void assertFails(ProtectedMonth month) {
    assertFails(file, month);
  }

  private static void assertFails(Path source, ProtectedMonth month) {
    assertThatThrownBy(() -> ProtectionCheck.check(source, month))
        .isInstanceOf(AssertionError.class);
  }

  private static PersonWeights weights(
      Map<String, Integer> acts, Map<String, Integer> counts, int lines, int services) {
    return new PersonWeights(acts, WEIGHTS.undocumentedActsPerPerson(), counts, lines, services);
  }
}
