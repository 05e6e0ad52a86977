package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows for every period, as far as an answer can have them. */
class FilledPeriodsTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final List<YearMonth> MONTHS =
      IntStream.range(0, 24).mapToObj(YearMonth.of(2023, 1)::plusMonths).toList();

  private static Optional<FilledPeriods> filled(String parameters, long scannedRows) {
    return FilledPeriods.of(question(parameters), MONTHS, scannedRows, CATALOG);
  }

  private static Question question(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.EN);
  }

  @Test
  void thereIsARowForEveryPeriodOfTheAnswer() {
    assertThat(filled("group_by=quarter,region&fill=zero", 3).orElseThrow())
        .isEqualTo(
            new FilledPeriods(
                List.of(
                    "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3",
                    "2024-Q4"),
                8,
                24)); // three groups at most
    assertThat(filled("group_by=quarter,region", 3)).isEmpty();
    assertThat(filled("group_by=quarter&fill=null", 1_000).orElseThrow().mostCells()).isEqualTo(8);
  }

  @Test
  void groupsAreBoundedByTheCodesThatThereAre() {
    int regions = CATALOG.codes(Level.REGION).size() + CATALOG.reservedCodes(Level.REGION).size();

    assertThat(mostCells("group_by=year,region&fill=zero")).isBetween(2L * regions, 2L * 50);
    assertThat(mostCells("group_by=year,region&region=11,84&fill=zero")).isEqualTo(4);
    // A service has one group.
    assertThat(mostCells("group_by=year,service,service_group&fill=zero"))
        .isEqualTo(mostCells("group_by=year,service&fill=zero"));
  }

  private static long mostCells(String parameters) {
    return filled(parameters, 1_000_000).orElseThrow().mostCells();
  }

  @Test
  void periodsOfCareAreThoseThatTheMonthsMayHoldAndTheFiltersLeave() {
    List<YearMonth> months = List.of(YearMonth.of(2024, 2), YearMonth.of(2024, 3));

    assertThat(codes("group_by=care_month", months))
        .containsExactly(
            "2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03");
    assertThat(codes("group_by=care_month&care_lag=0,1", months))
        .containsExactly("2024-01", "2024-02", "2024-03");
    assertThat(codes("group_by=care_month&care_year=2024&care_lag=!0", months))
        .containsExactly("2024-01", "2024-02");
    assertThat(codes("group_by=care_quarter&care_month=2023-11..2024-01,older", months))
        .containsExactly("2023-Q4", "2024-Q1");
    // Of six to eleven months before March 2024, all are in 2023.
    assertThat(codes("group_by=care_year&care_lag=6_11", months)).containsExactly("2023");
    assertThat(codes("group_by=care_month&care_lag=6_11", months)).isEmpty();
  }

  private static List<String> codes(String parameters, List<YearMonth> months) {
    return FilledPeriods.of(question(parameters + "&fill=zero"), months, 10, CATALOG)
        .orElseThrow()
        .codes();
  }

  @Test
  void moreRowsThanAnAnswerCanHaveAreRefusedWithWhatWorks() {
    assertThat(refusal("group_by=month,region&fill=zero&service=1110", 1_000_000_000)).isNull();
    // Of 100,000 groups ten periods fit.
    assertThat(refusal("group_by=month,service,exemption,age_band&fill=zero", 100_000))
        .contains("up to 2400000 rows", "at most 10 periods", "longer ones");
    assertThat(refusal("group_by=month,service,exemption,age_band,sex&fill=null", 9_000_000_000L))
        .contains("leave out one or more of the levels service, exemption, age_band, sex");
    assertThat(refusal("group_by=care_month,service,exemption,sex&fill=null", 900_000))
        .contains("leave out one or more of the levels service, exemption, sex");
  }

  private static String refusal(String parameters, long scannedRows) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> filled(parameters, scannedRows));
    if (refused == null) {
      return null;
    }
    assertThat(refused.reason()).isEqualTo(QuestionException.Reason.TOO_LARGE);
    assertThat(refused.errors().get(0).argument().parameter()).isEqualTo("fill");
    return refused.errors().get(0).detail().en();
  }
}
