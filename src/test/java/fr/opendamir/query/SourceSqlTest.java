package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceSqlTest {
  private static final SumColumn ALL = new SumColumn(SourceMeasure.CHARGED, false);
  private static final SumColumn CARE = new SumColumn(SourceMeasure.CHARGED, true);

  private static final ReleaseImport JANUARY =
      new ReleaseImport(1, YearMonth.of(2024, 1), 90, Map.of());
  private static final ReleaseImport FEBRUARY =
      new ReleaseImport(2, YearMonth.of(2024, 2), 90, Map.of());

  @Test
  void blocksHaveAColumnForEveryLevel() {
    assertThat(blocks("group_by=month,service_group,region&sex=1", ALL))
        .isEqualTo(
            "SELECT s.month AS month, s.service_group AS service_group, s.region AS region,"
                + " s.sex AS sex, s.charged AS all_charged FROM read_parquet([1]) s");
  }

  @Test
  void periodsAreMadeFromMonths() {
    assertThat(blocks("group_by=year,quarter", ALL))
        .startsWith(
            "SELECT map_extract_value(MAP {'2024-01': '2024'}, s.month) AS year,"
                + " map_extract_value(MAP {'2024-01': '2024-Q1'}, s.month) AS quarter,");
  }

  @Test
  void sumsOfCareNeedTheKindOfService() {
    assertThat(blocks("group_by=region", CARE))
        .isEqualTo(
            "SELECT s.region AS region,"
                + " CASE WHEN s.service_kind IN ('care', 'participation')"
                + " THEN s.charged END AS care_charged FROM read_parquet([1]) s");
  }

  @Test
  void rollupsHaveSumsOfCare() {
    Rollup services = new Rollup(4, Grouping.parse("service").orElseThrow());
    assertThat(
            render(
                "group_by=service_group",
                CARE,
                new RollupTables(),
                new QuestionPlan.Source(
                    Optional.of(services), Optional.of(services.grouping()), List.of(JANUARY), 90),
                List.of()))
        .isEqualTo(
            "SELECT s.service_group AS service_group, s.care_charged AS care_charged"
                + " FROM figures.rollup s WHERE s.rollup_id = ? AND s.import_id = ANY (?)");
  }

  @Test
  void subtractedImportsAreNegated() {
    assertThat(
            render(
                "group_by=region",
                ALL,
                new NoColumns(),
                QuestionPlan.Source.blocks(List.of(JANUARY, FEBRUARY)),
                List.of(JANUARY)))
        .isEqualTo(
            "SELECT s.region AS region, s.charged AS all_charged FROM read_parquet([2]) s UNION ALL"
                + " SELECT s.region AS region, -s.charged AS all_charged FROM read_parquet([1]) s");
  }

  private static String blocks(String question, SumColumn sum) {
    return render(
        question, sum, new NoColumns(), QuestionPlan.Source.blocks(List.of(JANUARY)), List.of());
  }

  private static String render(
      String question,
      SumColumn sum,
      SourceTables tables,
      QuestionPlan.Source source,
      List<ReleaseImport> subtracted) {
    return new SourceSql(
            QuestionParser.parse(Draws.parameters(question), Language.EN),
            List.of(sum),
            new Rendering(tables, Catalog.load(), 11),
            value -> "?")
        .render(new QuestionPlan(List.of(source)), subtracted);
  }
}
