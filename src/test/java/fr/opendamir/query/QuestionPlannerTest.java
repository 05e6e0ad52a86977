package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuestionPlannerTest {
  private static final Rollup TOTAL = rollup(1, "");
  private static final Rollup REGION = rollup(2, "region");
  private static final Rollup REGION_SEX = rollup(3, "region,sex");
  private static final Rollup SERVICE = rollup(4, "service");
  private static final Rollup SERVICE_KIND = rollup(5, "service_kind");
  private static final Rollup REGION_AGE_SEX = rollup(6, "region,age_band,sex");

  private static final YearMonth JANUARY_2024 = YearMonth.of(2024, 1);

  private static final ReleaseImport JANUARY =
      new ReleaseImport(
          10,
          JANUARY_2024,
          1_000,
          Map.of(
              TOTAL,
              1L,
              REGION,
              14L,
              REGION_SEX,
              28L,
              SERVICE,
              90L,
              SERVICE_KIND,
              4L,
              REGION_AGE_SEX,
              200L));

  @Test
  void theSmallestRollupThatTellsWhatIsAskedAnswers() {
    assertThat(plan("group_by=").sources()).containsExactly(source(TOTAL, 1, JANUARY));
    assertThat(plan("group_by=region").sources()).containsExactly(source(REGION, 14, JANUARY));
    assertThat(plan("group_by=sex").sources()).containsExactly(source(REGION_SEX, 28, JANUARY));
    assertThat(plan("group_by=age_band").sources())
        .containsExactly(source(REGION_AGE_SEX, 200, JANUARY));
    assertThat(plan("group_by=region,service").sources()).containsExactly(blocks(1_000, JANUARY));
  }

  @Test
  void aFinerLevelTellsTheCoarserOnesOfItsDimension() {
    assertThat(plan("group_by=service_kind").sources())
        .containsExactly(source(SERVICE_KIND, 4, JANUARY));
    assertThat(plan("group_by=service_group").sources())
        .containsExactly(source(SERVICE, 90, JANUARY));
    assertThat(plan("group_by=service_group,service_kind,service").sources())
        .containsExactly(source(SERVICE, 90, JANUARY));
  }

  @Test
  void filtersNeedTheirLevelsAsGroupingsDo() {
    assertThat(plan("group_by=region&sex=1").sources())
        .containsExactly(source(REGION_SEX, 28, JANUARY));
    assertThat(plan("sex=!1").sources()).containsExactly(source(REGION_SEX, 28, JANUARY));
    assertThat(plan("group_by=region&service_kind=care").sources())
        .containsExactly(blocks(1_000, JANUARY));
  }

  @Test
  void monthsAreToldByEveryRollup() {
    assertThat(plan("group_by=year,quarter,month,region&month=2024-01").sources())
        .containsExactly(source(REGION, 14, JANUARY));
  }

  @Test
  void measuresNeedNoLevels() {
    assertThat(plan("measures=out_of_pocket,reimbursement_rate,excess_rate").sources())
        .containsExactly(source(TOTAL, 1, JANUARY));
  }

  @Test
  void whereOneImportHasNoRollupAllAreReadFromBlocks() {
    ReleaseImport revision = new ReleaseImport(12, JANUARY_2024, 10, Map.of(TOTAL, 1L));

    QuestionPlan plan = QuestionPlanner.plan(query("group_by=region"), List.of(JANUARY, revision));

    assertThat(plan.sources()).containsExactly(blocks(1_010, JANUARY, revision));
    assertThat(plan.isOfRollups()).isFalse();
    assertThat(plan.imports()).containsExactly(JANUARY, revision);
  }

  @Test
  void largeRollupsAreSlowerThanColumns() {
    ReleaseImport large =
        new ReleaseImport(13, JANUARY_2024, 900_000, Map.of(REGION_AGE_SEX, 40_000L, REGION, 14L));

    assertThat(plan("group_by=region", large).isOfRollups()).isTrue();
    assertThat(plan("group_by=region,age_band", large).sources())
        .containsExactly(blocks(900_000, large));
  }

  @Test
  void blocksTakeAFractionOfTheTimeOfRollupRows() {
    assertThat(new QuestionPlan(List.of(blocks(4_001, JANUARY))).work()).isEqualTo(101);
    assertThat(new QuestionPlan(List.of(source(REGION, 14, JANUARY))).work()).isEqualTo(14);
  }

  @Test
  void importsWithoutBlocksAreNotRead() {
    ReleaseImport empty = new ReleaseImport(14, JANUARY_2024, 0, Map.of());

    assertThat(QuestionPlanner.plan(query("group_by=region"), List.of(JANUARY, empty)).sources())
        .containsExactly(source(REGION, 14, JANUARY));
    assertThat(plan("group_by=region", empty).sources()).isEmpty();
  }

  @Test
  void importsThatAreReadFromTheSameRollupAreReadTogether() {
    ReleaseImport february =
        new ReleaseImport(11, JANUARY_2024, 900, Map.of(REGION, 13L, REGION_SEX, 26L));
    ReleaseImport march = new ReleaseImport(12, JANUARY_2024, 800, Map.of(REGION_SEX, 25L));
    QuestionPlan plan =
        QuestionPlanner.plan(query("group_by=region"), List.of(JANUARY, february, march));

    assertThat(plan.sources())
        .containsExactly(source(REGION, 27, JANUARY, february), source(REGION_SEX, 25, march));
    assertThat(plan.scannedRows()).isEqualTo(52);
  }

  @Test
  void noImportsAreNoSources() {
    QuestionPlan plan = QuestionPlanner.plan(query("group_by=region"), List.of());

    assertThat(plan.sources()).isEmpty();
    assertThat(plan.scannedRows()).isZero();
  }

  @Test
  void ofRollupsOfAsManyRowsTheOneOfTheSmallestIdAnswersInWhateverOrderTheyCome() {
    List<Rollup> rollups =
        List.of(rollup(9, "region,sex"), rollup(7, "region,insurance"), rollup(8, "region"));
    for (int first = 0; first < rollups.size(); first++) {
      Map<Rollup, Long> stored = new LinkedHashMap<>();
      for (int i = 0; i < rollups.size(); i++) {
        stored.put(rollups.get((first + i) % rollups.size()), 20L);
      }
      ReleaseImport month = new ReleaseImport(1, JANUARY_2024, 100, stored);
      assertThat(plan("group_by=region", month).sources())
          .containsExactly(source(rollup(7, "region,insurance"), 20, month));
    }
  }

  /** Against a search that looks at nothing but which dimensions are asked for. */
  @Test
  void randomPlansCoverTheirQuestionsAndNoSmallerSourceWould() {
    Random random = new Random(17);
    List<Level> levels = Grouping.possibleLevels();
    for (int i = 0; i < 2_000; i++) {
      Map<Rollup, Long> rollups = new LinkedHashMap<>();
      for (int id = 1; id <= 8; id++) {
        rollups.put(
            new Rollup(id, Grouping.of(Draws.some(levels, 1 + random.nextInt(6), random))),
            1L + random.nextInt(120));
      }
      List<Level> asked = Draws.some(levels, random.nextInt(4), random);
      Question query =
          query("group_by=" + String.join(",", asked.stream().map(Level::id).toList()));
      long smallest =
          rollups.entrySet().stream()
              .filter(entry -> asked.stream().allMatch(l -> isTold(entry.getKey(), l)))
              .mapToLong(Map.Entry::getValue)
              .min()
              .orElse(100);

      QuestionPlan plan =
          QuestionPlanner.plan(query, List.of(new ReleaseImport(1, JANUARY_2024, 100, rollups)));

      assertThat(plan.scannedRows()).isEqualTo(smallest);
      plan.sources()
          .get(0)
          .rollup()
          .ifPresent(r -> assertThat(asked).allMatch(level -> isTold(r, level)));
    }
  }

  /** Levels are in the catalog's order: the finest of a dimension first. */
  private static boolean isTold(Rollup rollup, Level asked) {
    return rollup.grouping().levels().stream()
        .anyMatch(
            level ->
                level == asked
                    || (level.dimension() == asked.dimension() && level.compareTo(asked) < 0));
  }

  private static QuestionPlan plan(String parameters) {
    return plan(parameters, JANUARY);
  }

  private static QuestionPlan plan(String parameters, ReleaseImport month) {
    return QuestionPlanner.plan(query(parameters), List.of(month));
  }

  @Test
  void theSmallestSegmentThatTellsAllLevelsIsScanned() {
    Segment blocks = segment(1, "", 100_000);
    Segment services = segment(2, "region,service", 9_000);
    Segment groups = segment(3, "region,sex,service_group", 3_000);
    ReleaseImport both =
        new ReleaseImport(7, JANUARY_2024, 100_000, Map.of(), List.of(blocks, services, groups));
    ReleaseImport one =
        new ReleaseImport(8, JANUARY_2024, 90_000, Map.of(), List.of(blocks, services));

    QuestionPlan plan =
        QuestionPlanner.plan(query("group_by=region,service_kind"), List.of(both, one));

    assertThat(plan.sources())
        .extracting(QuestionPlan.Source::name)
        .containsExactly("region,sex,service_group", "region,service");
    assertThat(plan.scannedRows()).isEqualTo(12_000);
    assertThat(plan.isOfRollups()).isFalse();
    assertThat(plan.sources().stream().flatMap(QuestionPlan.Source::segments))
        .containsExactly(groups, services);
    assertThat(plan("group_by=region,exemption", both).sources())
        .extracting(QuestionPlan.Source::name)
        .containsExactly("blocks");
  }

  @Test
  void aRollupIsReadUnlessASegmentIsScannedSooner() {
    Segment large = segment(2, "region,service", 300_000);
    ReleaseImport month =
        new ReleaseImport(7, JANUARY_2024, 2_000_000, Map.of(REGION, 9_000L), List.of(large));
    assertThat(plan("group_by=region", month).isOfRollups()).isTrue();

    Segment small = segment(3, "region,service_group", 4_000);
    ReleaseImport other =
        new ReleaseImport(
            7, JANUARY_2024, 2_000_000, Map.of(REGION, 9_000L), List.of(large, small));
    assertThat(plan("group_by=region", other).sources())
        .extracting(QuestionPlan.Source::name)
        .containsExactly("region,service_group");
  }

  private static Segment segment(long id, String levels, long rows) {
    return new Segment(
        id,
        levels.isEmpty() ? Optional.empty() : Grouping.parse(levels),
        String.format("%064x", id),
        1,
        rows);
  }

  private static Question query(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.EN);
  }

  private static Rollup rollup(int id, String levels) {
    return new Rollup(id, Grouping.parse(levels).orElseThrow());
  }

  private static QuestionPlan.Source source(Rollup rollup, long rows, ReleaseImport... imports) {
    return new QuestionPlan.Source(
        Optional.of(rollup), Optional.of(rollup.grouping()), List.of(imports), rows);
  }

  private static QuestionPlan.Source blocks(long rows, ReleaseImport... imports) {
    return new QuestionPlan.Source(Optional.empty(), Optional.empty(), List.of(imports), rows);
  }
}
