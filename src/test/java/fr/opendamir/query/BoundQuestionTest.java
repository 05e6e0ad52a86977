package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundQuestionTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 2",
    "0, 1, 2",
    "1000, 100000, 3",
    "1001, 100000, 4",
    "1000, 100001, 4",
    "30000, 20000000, 231",
  })
  void anAnswerCostsAUnitAndOneForEachThousandCellsAndHundredThousandRowsBegun(
      long cells, long scannedRows, long units) {
    assertThat(Price.of(cells, scannedRows)).isEqualTo(units);
  }

  @Test
  void aPageHasNoMoreRowsThanAreAskedForOrScanned() {
    assertThat(planned("group_by=region&limit=100", 14).maxRows()).isEqualTo(14);
    assertThat(planned("group_by=region&limit=10", 14).maxRows()).isEqualTo(10);
    assertThat(planned("group_by=region", 0).maxRows()).isZero();
  }

  @Test
  void withoutGroupingThereIsOneRowOrNone() {
    assertThat(planned("limit=100", 5_000).maxRows()).isEqualTo(1);
    assertThat(planned("limit=100", 0).maxRows()).isZero();
  }

  @Test
  void cellsAreRowsTimesMeasuresAndUnitsFollow() {
    BoundQuestion question =
        planned("group_by=service&limit=2000&measures=charged,reimbursed,quantity", 250_000);

    assertThat(question.maxCells()).isEqualTo(6_000);
    assertThat(question.maxUnits()).isEqualTo(1 + 6 + 3);
  }

  /** One row that is scanned is a cell and its total: two rows of the answer. */
  @Test
  void totalsAreRowsToo() {
    assertThat(planned("group_by=region&totals=grand", 1).maxRows()).isEqualTo(2);
    assertThat(planned("group_by=region,sex&totals=grand", 3).maxRows()).isEqualTo(4);
    // Three cells, three totals of regions, three of regions and sexes, one of all.
    assertThat(planned("group_by=region,sex,service&totals=rollup", 3).maxRows()).isEqualTo(10);
    assertThat(planned("group_by=region&totals=grand", 0).maxRows()).isZero();
    assertThat(planned("group_by=region&totals=grand&limit=5", 14).maxRows()).isEqualTo(6);
  }

  /** Rows are worked on once for each grouping, and once for each five conditions and sort keys. */
  @Test
  void thePriceFollowsTheWork() {
    String levels = "group_by=region,sex,service,age_band,month,insurance&limit=1";
    assertThat(planned(levels, 1_000_000).maxUnits()).isEqualTo(1 + 1 + 10);
    assertThat(planned(levels + "&totals=grand", 1_000_000).maxUnits()).isEqualTo(1 + 1 + 20);
    assertThat(planned(levels + "&totals=rollup", 1_000_000).maxUnits()).isEqualTo(1 + 1 + 70);
    assertThat(planned(levels + having(3) + "&sort=region", 1_000_000).maxUnits())
        .isEqualTo(1 + 1 + 10);
    assertThat(planned(levels + having(5), 1_000_000).maxUnits()).isEqualTo(1 + 1 + 20);
    assertThat(planned(levels + having(18) + "&sort=-reimbursed,region", 1_000_000).maxUnits())
        .isEqualTo(1 + 1 + 50);
    assertThat(planned(levels + "&totals=rollup" + having(20), 1_000_000).maxUnits())
        .isEqualTo(1 + 1 + 110);
  }

  @Test
  void codesAndLabelsOfManyRowsHaveAPrice() {
    String levels = "group_by=region,sex,service,age_band,month,insurance&limit=10000";
    assertThat(planned(levels, 50_000).maxUnits()).isEqualTo(1 + 10 + 1 + 12);
    assertThat(planned(levels + "&labels=id", 50_000).maxUnits()).isEqualTo(1 + 10 + 1 + 6);
    assertThat(planned("group_by=service&limit=4999", 50_000).maxUnits()).isEqualTo(1 + 5 + 1);
    assertThat(planned("group_by=service&limit=5000", 50_000).maxUnits()).isEqualTo(1 + 5 + 1 + 1);
  }

  @Test
  void withoutItsRowsAnAnswerCostsWhatTheDatabaseDid() {
    BoundQuestion question = planned("group_by=region,sex&totals=rollup&limit=1000", 250_000);
    assertThat(question.leastUnits()).isEqualTo(1 + 8);
    assertThat(question.maxUnits()).isGreaterThan(question.leastUnits());
  }

  private static String having(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "&having=reimbursed:ge:" + i)
        .collect(Collectors.joining());
  }

  private static BoundQuestion planned(String parameters, long scannedRows) {
    return new BoundQuestion(
        QuestionParser.parse(Draws.parameters(parameters), Language.EN).inFormat(false),
        new Release("2025-01-01.1", Instant.EPOCH, List.of()),
        List.of(),
        new QuestionPlan(
            List.of(
                new QuestionPlan.Source(
                    Optional.of(new Rollup(1, Grouping.of(List.of()))),
                    Optional.of(Grouping.of(List.of())),
                    List.of(),
                    scannedRows))));
  }
}
