package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promises of the specification, checked on what the code under test made of a file. */
final class ProtectionCheck {
  private final List<SourceLine> lines;
  private final ProtectedMonth month;
  private final List<ReferenceBlock> expected;

  private ProtectionCheck(List<SourceLine> lines, ProtectedMonth month, ReferencePolicy policy) {
    this.lines = lines;
    this.month = month;
    this.expected = ReferenceBlocks.of(lines, policy).orElseThrow();
  }

  /** Protects the file and checks everything; returns the result for further questions. */
  static ProtectedMonth protect(Path file) throws IOException {
    ProtectedMonth month = ProtectedMonth.of(file);
    check(file, month);
    return month;
  }

  static void check(Path file, ProtectedMonth month) throws IOException {
    check(file, month, ReferencePolicy.builtIn());
  }

  static void check(Path file, ProtectedMonth month, ReferencePolicy policy) throws IOException {
    ProtectionCheck check =
        new ProtectionCheck(SourceLines.read(file), month, policy.in(SourceLines.month(file)));
    check.sourceTotalsAreThoseOfTheLines();
    check.blocksAddUpToTheLines();
    check.blocksAreThoseOfTheSpecification();
    blocksHoldTheLines(check.expected, check.lines);
    assertThat(check.expected).allMatch(ReferenceBlock::describesItsLines, "describes its lines");
    assertThat(problems(check.expected, policy)).as("unsafe blocks").isEmpty();
    check.summaryTellsWhatWasLost();
  }

  private void sourceTotalsAreThoseOfTheLines() {
    assertThat(month.totals().lines()).as("lines").isEqualTo(lines.size());
    assertThat(month.summary().atoms()).as("atoms").isEqualTo(SourceLines.atoms(lines));
    forEachMeasure(
        (measure, position) ->
            assertThat(month.totals().totals().get(measure))
                .as("source total of %s", measure)
                .isEqualTo(total(position)));
  }

  private void blocksAddUpToTheLines() {
    forEachMeasure(
        (measure, position) ->
            assertThat(total(position, block -> true))
                .as("blocks' total of %s", measure)
                .isEqualTo(total(position)));
  }

  private void blocksAreThoseOfTheSpecification() {
    assertSame(month.blocks(), expected);
  }

  /** How many there are of each: lists in any order, without comparing each with each. */
  static void assertSame(List<BlockFigures> blocks, List<ReferenceBlock> expected) {
    Map<BlockFigures, Long> found = counted(blocks.stream());
    Map<BlockFigures, Long> wanted = counted(expected.stream().map(ReferenceBlock::figures));
    Map<BlockFigures, Long> missing = new HashMap<>(wanted);
    missing.entrySet().removeAll(found.entrySet());
    found.entrySet().removeAll(wanted.entrySet());
    assertThat(found)
        .as("blocks beside the specification, which has %s instead", missing)
        .isEmpty();
    assertThat(missing).as("blocks that the specification has too").isEmpty();
  }

  private static Map<BlockFigures, Long> counted(Stream<BlockFigures> blocks) {
    return blocks.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Each line's quantity, and each component of its amounts, is in one block. */
  static void blocksHoldTheLines(List<ReferenceBlock> blocks, List<SourceLine> lines) {
    List<Portion> portions = blocks.stream().flatMap(b -> b.portions().stream()).toList();
    assertThat(portions.stream().filter(Portion::withQuantity)).hasSameSizeAs(lines);
    for (LineLayer component : LineLayer.all()) {
      assertThat(portions.stream().filter(portion -> portion.has(component)).count())
          .as("portions with %s", component)
          .isEqualTo(lines.stream().filter(line -> line.components().contains(component)).count());
    }
  }

  /**
   * What is unsafe by what the lines hold, not by what the blocks say: equal figures under equal
   * keys make the reference's lines those of the block.
   */
  static List<String> problems(List<ReferenceBlock> blocks, ReferencePolicy policy) {
    List<String> problems = new ArrayList<>();
    for (ReferenceBlock block : blocks) {
      if (!Persons.in(block.countedLines(), policy).atLeast(policy.threshold())) {
        problems.add("too few contributors: " + block.codes());
      }
      if (block.component().isEmpty() && !isWithoutCodes(block)) {
        for (Set<LineLayer> layers : LineLayer.sums()) {
          Set<LineLayer> sum = new HashSet<>(layers);
          sum.retainAll(policy.components());
          List<SourceLine> with =
              block.portions().stream().filter(p -> p.hasAny(sum)).map(Portion::line).toList();
          if (!with.isEmpty() && !Persons.in(with, policy).atLeast(policy.threshold())) {
            problems.add("too few contributors of a sum of " + sum + ": " + block.codes());
          }
        }
      }
      Set<LineLayer> shown =
          block.component().map(Set::of).orElseGet(() -> new HashSet<>(policy.components()));
      for (LineLayer component : shown) {
        List<SourceLine> with = block.with(component).stream().map(Portion::line).toList();
        boolean none = with.isEmpty() && block.component().isEmpty();
        if (!none
            && !Persons.in(with, policy).atLeast(policy.threshold())
            && !isHidden(block, component, policy)
            && !isSafeWithoutCodes(block, component, blocks, policy)) {
          problems.add("too few contributors of " + component + ": " + block.codes());
        }
      }
    }
    return problems;
  }

  /** Whether other parts in a block without codes, of enough contributors each, hide a part. */
  private static boolean isHidden(ReferenceBlock block, LineLayer part, ReferencePolicy policy) {
    List<LineLayer> others =
        block.components().stream()
            .filter(other -> !other.equals(part))
            .filter(
                other ->
                    Persons.in(block.with(other).stream().map(Portion::line).toList(), policy)
                        .atLeast(policy.threshold()))
            .toList();
    return isWithoutCodes(block) && part.isCombinationOf(others);
  }

  /**
   * Whether a part is safe in the one cell that all blocks without codes are in an answer, or is
   * nowhere else: then the totals of the month tell as much.
   */
  private static boolean isSafeWithoutCodes(
      ReferenceBlock block, LineLayer part, List<ReferenceBlock> blocks, ReferencePolicy policy) {
    Map<Boolean, List<SourceLine>> linesByCell =
        blocks.stream()
            .flatMap(
                other ->
                    other.with(part).stream()
                        .map(portion -> Map.entry(isWithoutCodes(other), portion.line())))
            .collect(
                Collectors.partitioningBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return isWithoutCodes(block)
        && (linesByCell.get(false).isEmpty()
            || Persons.in(linesByCell.get(true), policy).atLeast(policy.threshold()));
  }

  private static boolean isWithoutCodes(ReferenceBlock block) {
    return block.codes().equals(ReferenceBlock.ALL_NOT_DISCLOSED);
  }

  private void summaryTellsWhatWasLost() {
    assertThat(month.summary().blocks()).isEqualTo(expected.size());
    assertThat(month.summary().smallestBlock())
        .isEqualTo(
            expected.stream()
                .map(ReferenceBlock::persons)
                .min(Persons::compareTo)
                .orElseThrow()
                .wholePersons());
    for (Map.Entry<Level, Map<SourceMeasure, Long>> level :
        month.summary().notDisclosed().entrySet()) {
      Predicate<BlockFigures> lost = lostAt(level.getKey());
      assertThat(level.getValue()).containsOnlyKeys(SourceMeasure.values());
      level
          .getValue()
          .forEach(
              (measure, amount) -> {
                int position = SourceLines.MEASURES.indexOf(measure.id());
                assertThat(amount)
                    .as("%s lost at %s", measure, level.getKey())
                    .isEqualTo(total(position, lost))
                    .isEqualTo(total(position) - total(position, lost.negate()));
              });
    }
    assertThat(month.summary().notDisclosed()).hasSize(Grouping.possibleLevels().size());
  }

  /** A group in the place of a code is a loss at the code's own level, not at the group's. */
  private static Predicate<BlockFigures> lostAt(Level level) {
    int position = SourceLines.DIMENSIONS.indexOf(level.dimension().id());
    return block -> {
      String code = block.codes().get(position);
      return code.equals("ND") || (level.isFinest() && code.startsWith("G:"));
    };
  }

  private long total(int position) {
    return lines.stream().mapToLong(line -> line.sums().get(position)).sum();
  }

  private long total(int position, Predicate<BlockFigures> wanted) {
    return month.blocks().stream()
        .filter(wanted)
        .mapToLong(block -> block.sums().get(position))
        .sum();
  }

  private interface MeasureCheck {
    void check(SourceMeasure measure, int position);
  }

  private static void forEachMeasure(MeasureCheck check) {
    Arrays.stream(SourceMeasure.values())
        .forEach(measure -> check.check(measure, SourceLines.MEASURES.indexOf(measure.id())));
  }
}
