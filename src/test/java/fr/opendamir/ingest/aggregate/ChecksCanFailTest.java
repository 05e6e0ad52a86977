package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Recoding;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same checks under a wrong protection: were they to pass, they would prove nothing. */
class ChecksCanFailTest {
  private static final DisclosurePolicy RIGHT = ProtectedMonth.POLICY;

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
    ProtectedMonth month = ProtectedMonth.of(file, policy(2, RIGHT.actsPerPerson()));

    List<ReferenceBlock> blocks =
        ReferenceBlocks.of(SourceLines.read(file), 2, month.keys()).orElseThrow();

    // Right by its own threshold, so that the reference knows the lines of each of its blocks …
    ProtectionCheck.check(file, month, 2);
    // … and those show how few persons some hold.
    assertThat(ProtectionCheck.unsafe(blocks, 11)).hasSizeGreaterThan(20);
    assertFails(month);
  }

  @Test
  void actsTakenForPersonsAreSeen() throws IOException {
    Map<String, Integer> one = new TreeMap<>(RIGHT.actsPerPerson());
    one.replaceAll((group, acts) -> 1);

    assertFails(ProtectedMonth.of(file, policy(11, one)));
  }

  @Test
  void anotherOrderOfRecodingsIsSeen() throws IOException {
    List<Recoding> order = new ArrayList<>(RIGHT.recodings());
    Collections.swap(order, 0, order.size() - 2);
    DisclosurePolicy other =
        new DisclosurePolicy(
            "other",
            11,
            RIGHT.leastUncertainty(),
            RIGHT.actsPerPerson(),
            RIGHT.undocumentedActsPerPerson(),
            order,
            RIGHT.lossBounds());

    assertFails(ProtectedMonth.of(file, other));
  }

  @Test
  void lostLineIsSeen() throws IOException {
    ProtectedMonth month = ProtectedMonth.of(file);
    ProtectionCheck.check(file, month, 11);
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

  private static void assertFails(ProtectedMonth month) {
    assertFails(file, month);
  }

  private static void assertFails(Path source, ProtectedMonth month) {
    assertThatThrownBy(() -> ProtectionCheck.check(source, month, 11))
        .isInstanceOf(AssertionError.class);
  }

  private static DisclosurePolicy policy(int threshold, Map<String, Integer> actsPerPerson) {
    return new DisclosurePolicy(
        "weakened",
        threshold,
        1,
        actsPerPerson,
        RIGHT.undocumentedActsPerPerson(),
        RIGHT.recodings(),
        RIGHT.lossBounds());
  }
}
