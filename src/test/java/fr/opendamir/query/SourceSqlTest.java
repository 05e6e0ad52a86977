package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceSqlTest {
  private static final SumColumn ALL = new SumColumn(SourceMeasure.CHARGED, false);
  private static final SumColumn CARE = new SumColumn(SourceMeasure.CHARGED, true);

  @Test
  void blocksHaveTheirOwnCodesWithoutAnyJoin() {
    assertThat(blocks("group_by=month,service,region", ALL))
        .isEqualTo(
            "SELECT s.import_id, s.month, s.service AS service, s.region AS region,"
                + " s.charged AS all_charged FROM figures.block s WHERE s.import_id = ANY (?)");
  }

  @Test
  void coarserLevelsOfBlocksAreLookedUp() {
    assertThat(blocks("group_by=service_group,exemption_group&service_kind=care", ALL))
        .isEqualTo(
            "SELECT s.import_id, service_group.parent AS service_group,"
                + " exemption_group.parent AS exemption_group,"
                + " service_kind.parent AS service_kind,"
                + " s.charged AS all_charged FROM figures.block s"
                + " LEFT JOIN figures.code_level service_group"
                + " ON service_group.level = 'service_group' AND service_group.code = s.service"
                + " LEFT JOIN figures.code_level service_kind"
                + " ON service_kind.level = 'service_kind' AND service_kind.code = s.service"
                + " LEFT JOIN figures.code_level exemption_group"
                + " ON exemption_group.level = 'exemption_group'"
                + " AND exemption_group.code = s.exemption"
                + " WHERE s.import_id = ANY (?)");
  }

  @Test
  void sumsOfCareNeedTheKindOfService() {
    assertThat(blocks("group_by=region", CARE))
        .isEqualTo(
            "SELECT s.import_id, s.region AS region,"
                + " CASE WHEN service_kind.parent IN ('care', 'participation')"
                + " THEN s.charged END AS care_charged FROM figures.block s"
                + " LEFT JOIN figures.code_level service_kind"
                + " ON service_kind.level = 'service_kind' AND service_kind.code = s.service"
                + " WHERE s.import_id = ANY (?)");
  }

  @Test
  void rollupsHaveEveryLevelThatTheyCover() {
    Rollup services = new Rollup(4, Grouping.parse("service").orElseThrow());
    assertThat(
            render(
                "group_by=service_group",
                CARE,
                new QuestionPlan.Source(Optional.of(services), List.of(1L), 90)))
        .isEqualTo(
            "SELECT s.import_id, s.service_group AS service_group, s.care_charged AS care_charged"
                + " FROM figures.rollup s WHERE s.rollup_id = ? AND s.import_id = ANY (?)");
  }

  private static String blocks(String question, SumColumn sum) {
    return render(question, sum, new QuestionPlan.Source(Optional.empty(), List.of(1L), 1));
  }

  private static String render(String question, SumColumn sum, QuestionPlan.Source source) {
    return new SourceSql(
            QuestionParser.parse(Draws.parameters(question), Language.EN),
            List.of(sum),
            value -> "?")
        .render(new QuestionPlan(List.of(source)));
  }
}
