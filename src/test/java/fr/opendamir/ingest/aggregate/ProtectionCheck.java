package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promises of the specification, held against what the code under test made of a file. */
final class ProtectionCheck {
  private final List<SourceLine> lines;
  private final ProtectedMonth month;
  private final List<ReferenceBlock> expected;

  private ProtectionCheck(List<SourceLine> lines, ProtectedMonth month, int threshold) {
    this.lines = lines;
    this.month = month;
    this.expected = ReferenceBlocks.of(lines, threshold, month.keys()).orElseThrow();
  }

  /** Protects the file and checks everything; returns the result for further questions. */
  static ProtectedMonth protect(Path file) throws IOException {
    ProtectedMonth month = ProtectedMonth.of(file);
    check(file, month, 11);
    return month;
  }

  static void check(Path file, ProtectedMonth month, int threshold) throws IOException {
    ProtectionCheck check = new ProtectionCheck(SourceLines.read(file), month, threshold);
    check.sourceTotalsAreThoseOfTheLines();
    check.blocksAddUpToTheLines();
    check.blocksAreThoseOfTheSpecification();
    check.blocksAreSafe(threshold);
    check.summaryTellsWhatWasLost();
  }

  private void sourceTotalsAreThoseOfTheLines() {
    assertThat(month.totals().lines()).as("lines").isEqualTo(lines.size());
    assertThat(month.totals().atoms())
        .as("atoms")
        .isEqualTo(lines.stream().map(SourceLine::codes).distinct().count());
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
    // How many there are of each: lists in any order, without comparing each with each.
    assertThat(counted(month.blocks().stream()))
        .isEqualTo(counted(expected.stream().map(ReferenceBlock::figures)));
  }

  private static Map<BlockFigures, Long> counted(Stream<BlockFigures> blocks) {
    return blocks.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /**
   * By what the lines hold, not by what the block says: equal figures under equal keys make the
   * reference's lines those of the block.
   */
  private void blocksAreSafe(int threshold) {
    assertThat(expected.stream().mapToLong(block -> block.lines().size()).sum())
        .as("each line is in one block")
        .isEqualTo(lines.size());
    assertThat(expected).allMatch(ReferenceBlock::describesItsLines, "describes its lines");
    assertThat(unsafe(expected, threshold)).as("unsafe blocks").isEmpty();
  }

  static List<ReferenceBlock> unsafe(List<ReferenceBlock> blocks, int threshold) {
    return blocks.stream().filter(block -> !block.persons().atLeast(threshold)).toList();
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
    assertThat(month.summary().notDisclosed()).hasSize(Level.values().length - 3);
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
    for (SourceMeasure measure : SourceMeasure.values()) {
      check.check(measure, SourceLines.MEASURES.indexOf(measure.id()));
    }
  }
}
