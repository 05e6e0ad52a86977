package fr.opendamir.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.port.RollupChoice;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollupSelectionTest {
  private static final int BLOCKS = 20_000;

  @Test
  void aFinerLevelTellsTheCoarserOnesOfItsDimension() {
    Grouping services = Grouping.of(List.of(Level.SERVICE_CODE, Level.SERVICE_KIND, Level.YEAR));
    assertThat(services.id()).isEqualTo("service");
    assertThat(services.covers(Level.SERVICE_GROUP)).isTrue();
    assertThat(services.covers(Level.MONTH_OF_PROCESSING)).isTrue();
    assertThat(services.covers(Level.REGION)).isFalse();
    assertThat(Grouping.parse("service_group").orElseThrow().covers(Level.SERVICE_CODE)).isFalse();
    assertThat(Grouping.parse("service,nothing")).isEmpty();
  }

  @Test
  void questionsAreAllGroupingsOfUpToFourLevelsAndWeighOneTogether() {
    List<Grouping> questions = QuestionSpace.questions();
    // 10 dimensions of one level, services of 3, exemptions of 2: sums of products of choices.
    assertThat(questions).hasSize(1 + 15 + 101 + 405 + 1080).doesNotHaveDuplicates();
    double weight = 0;
    for (int i = 0; i < questions.size(); i++) {
      weight += QuestionSpace.weight(i);
    }
    assertThat(weight).isCloseTo(1, within(1e-9));
  }

  @Test
  void sizesAreEstimatedWithinAThird() {
    Map<Level, int[]> codes = codes(BLOCKS);
    Map<Level, int[]> everyFourth = new EnumMap<>(Level.class);
    codes.forEach(
        (level, all) -> {
          int[] kept = new int[BLOCKS / 4];
          for (int i = 0; i < kept.length; i++) {
            kept[i] = all[4 * i];
          }
          everyFourth.put(level, kept);
        });
    Map<Grouping, Long> sizes = GroupingSizes.estimate(new BlockSample(BLOCKS, everyFourth));
    for (String levels : List.of("region", "region,age_band", "region,age_band,service_kind,sex")) {
      Grouping grouping = Grouping.parse(levels).orElseThrow();
      double exact = exact(codes, grouping);
      assertThat(sizes.get(grouping).doubleValue())
          .as(levels)
          .isCloseTo(exact, within(Math.max(1, exact / 3)));
    }
  }

  @Test
  void theChoiceStaysWithinTheBudgetAndEachStepLetsQuestionsScanLess() {
    Map<Grouping, Long> sizes = GroupingSizes.estimate(new BlockSample(BLOCKS, codes(BLOCKS)));
    RollupChoice half = RollupSelection.choose(RollupChoice.Place.DATABASE, sizes, BLOCKS, 0.5);
    RollupChoice two = RollupSelection.choose(RollupChoice.Place.DATABASE, sizes, BLOCKS, 2);
    assertThat(rows(half)).isBetween(1L, BLOCKS / 2L);
    assertThat(rows(two)).isLessThanOrEqualTo(2L * BLOCKS);
    double before = two.meanWithout();
    for (RollupChoice.Step step : two.steps()) {
      assertThat(step.meanAfter()).isLessThan(before);
      before = step.meanAfter();
    }
    assertThat(before).isLessThan(half.steps().get(half.steps().size() - 1).meanAfter());
    assertThat(RollupSelection.choose(RollupChoice.Place.DATABASE, sizes, BLOCKS, 2))
        .isEqualTo(two);
    assertThat(RollupSelection.choose(RollupChoice.Place.DATABASE, sizes, BLOCKS, 0).steps())
        .isEmpty();
  }

  private static long rows(RollupChoice choice) {
    return choice.steps().stream().mapToLong(RollupChoice.Step::rows).sum();
  }

  @Test
  void whatQuestionsScanIsTheSmallestRollupThatCoversThemOrTheBlocks() {
    Map<Grouping, Long> rollups =
        Map.of(
            Grouping.of(List.of()), 1L,
            Grouping.of(List.of(Level.SEX)), 3L,
            Grouping.of(Grouping.possibleLevels()), 900L);
    ScannedRows scanned = ScannedRows.of(rollups, 1000);
    assertThat(scanned.percentile(0.1)).isEqualTo(1);
    assertThat(scanned.percentile(0.95)).isEqualTo(900);
    // A fifth of the weight is the total, a fifteenth of a fifth is sex, the rest scans 900.
    assertThat(scanned.mean()).isEqualTo(Math.round(0.2 + 3 * 0.2 / 15 + 900 * (0.8 - 0.2 / 15)));
  }

  /** Each level has its own number of codes, the small ones far more often than the large. */
  private static Map<Level, int[]> codes(int blocks) {
    Random random = new Random(4);
    Map<Level, int[]> codes = new EnumMap<>(Level.class);
    int count = 3;
    for (Level level : Grouping.possibleLevels()) {
      int[] drawn = new int[blocks];
      for (int i = 0; i < blocks; i++) {
        drawn[i] = (int) (count * random.nextDouble() * random.nextDouble());
      }
      codes.put(level, drawn);
      count += 2;
    }
    return codes;
  }

  private static int exact(Map<Level, int[]> codes, Grouping grouping) {
    Set<List<Integer>> rows = new HashSet<>();
    for (int i = 0; i < BLOCKS; i++) {
      int row = i;
      rows.add(grouping.levels().stream().map(level -> codes.get(level)[row]).toList());
    }
    return rows.size();
  }
}
