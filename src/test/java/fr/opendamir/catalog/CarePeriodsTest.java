package fr.opendamir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarePeriodsTest {
  @ParameterizedTest
  @CsvSource({
    "2024-03, 0, 2024-03, 2024-Q1, 2024",
    "2024-03, 2, 2024-01, 2024-Q1, 2024",
    "2024-03, 3, 2023-12, 2023-Q4, 2023",
    "2024-01, 5, 2023-08, 2023-Q3, 2023",
    "2024-12, 5, 2024-07, 2024-Q3, 2024",
    // February to July of the year before
    "2024-01, 6_11, older, older, 2023",
    // July to December of the year before
    "2024-06, 6_11, older, older, 2023",
    // August of the year before to January
    "2024-07, 6_11, older, older, older",
    // December of the year before to May
    "2024-11, 6_11, older, older, older",
    // January to June
    "2024-12, 6_11, older, older, 2024",
    "2024-12, 12_plus, older, older, older",
    "2024-12, unknown, unknown, unknown, unknown",
    "2024-12, ND, ND, ND, ND",
    "2024-12, 7, unknown, unknown, unknown",
  })
  void aPeriodIsToldWhereMonthAndLagSettleIt(
      String processed, String lag, String month, String quarter, String year) {
    assertThat(
            List.of(
                code(Level.CARE_MONTH, processed, lag),
                code(Level.CARE_QUARTER, processed, lag),
                code(Level.CARE_YEAR, processed, lag)))
        .containsExactly(month, quarter, year);
  }

  private static String code(Level level, String processed, String lag) {
    return CarePeriods.code(level, YearMonth.parse(processed), lag);
  }

  @Test
  void monthsHoldCareOfTheFiveMonthsBeforeThem() {
    List<YearMonth> months = List.of(YearMonth.of(2024, 2), YearMonth.of(2024, 1));

    assertThat(CarePeriods.in(Level.CARE_MONTH, months))
        .containsExactly(
            "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02");
    assertThat(CarePeriods.in(Level.CARE_QUARTER, months))
        .containsExactly("2023-Q3", "2023-Q4", "2024-Q1");
    assertThat(CarePeriods.in(Level.CARE_YEAR, months)).containsExactly("2023", "2024");
    assertThat(CarePeriods.in(Level.CARE_YEAR, List.of())).isEmpty();
  }

  @Test
  void periodsHaveLabelsInBothLanguages() {
    Catalog catalog = Catalog.load();

    assertThat(catalog.label(Level.CARE_MONTH, "2024-02"))
        .isEqualTo(new Label("février 2024", "February 2024"));
    assertThat(catalog.label(Level.CARE_QUARTER, "2024-Q1"))
        .isEqualTo(new Label("T1 2024", "Q1 2024"));
    assertThat(catalog.label(Level.CARE_YEAR, "older"))
        .isEqualTo(
            new Label("Soins plus anciens, année non déterminée", "Older care, year not settled"));
    assertThat(catalog.label(Level.CARE_YEAR, "ND").en()).isEqualTo("Not disclosed");
    assertThat(catalog.isListed(Level.CARE_MONTH, "2024-02")).isTrue();
    assertThat(catalog.isListed(Level.CARE_MONTH, "2024-13")).isFalse();
    assertThat(catalog.isListed(Level.CARE_MONTH, "2024")).isFalse();
  }
}
