package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.Draws;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarePeriodFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "care_month=2024-01 | 2024-01",
        "care_month=202401,2024-01 | 2024-01",
        "care_month=2023-11..2024-02 | 2023-11,2023-12,2024-01,2024-02",
        "care_month=2023-12..2024-01,older | 2023-12,2024-01,older",
        "care_quarter=2023-T4..2024-Q2 | 2023-Q4,2024-Q1,2024-Q2",
        "care_year=2022..2024,unknown,ND | 2022,2023,2024,ND,unknown",
        "care_year=!2022..2023 | 2022,2023",
        "care_month=2024-01..,older | 2024-01..,older",
        "care_month=..202401 | ..2024-01",
        "care_quarter=2023-T4.. | 2023-Q4..",
        "care_year=..2023 | ..2023",
      })
  void rangesBecomeTheCodesOfTheirPeriods(String parameters, String codes) {
    List<CodeFilter> filters = parse(parameters).filters();

    assertThat(filters).hasSize(1);
    assertThat(filters.get(0).codes()).containsExactly(codes.split(",", -1));
    assertThat(filters.get(0).excluded()).isEqualTo(parameters.contains("!"));
    Question whole = parse(parameters).inFormat(false);
    assertThat(QuestionParser.parse(QuestionText.parameters(whole), Language.FR)).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "care_month=janvier 2024 | 2024-01",
        "care_month=01/2024 | 2024-01",
        "care_month=2024 | 2024-01..2024-12",
        "care_quarter=T1 2024 | 2024-Q1",
        "care_month=2024-03..2024-01 | 2024-01..2024-03",
        "care_month=.. |",
        "care_year=Older |",
        "care_year=G:none |",
      })
  void whatIsNoPeriodOfCareIsToldWhatWasMeant(String parameters, String meant) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> parse(parameters));

    assertThat(refused.errors()).hasSize(1);
    QuestionError error = refused.errors().get(0);
    assertThat(error.argument())
        .isEqualTo(new Argument.Filter(Level.find(parameters.split("=", 2)[0]).orElseThrow()));
    assertThat(error.didYouMean()).isEqualTo(meant == null ? List.of() : List.of(meant));
    error.didYouMean().forEach(value -> parse(parameters.split("=", 2)[0] + "=" + value));
  }

  /** Ranges that overlap are much work for few codes, and one range may have thousands. */
  @Test
  void periodsOfCareAreBoundedInAllFiltersTogether() {
    assertThat(parse("care_month=2004-01..2023-12").filters().get(0).codes()).hasSize(240);
    assertThat(bound("care_month=2004-01..2024-01")).contains("241");
    assertThat(bound("care_month=2004-01..2023-12&care_year=2024")).contains("241");
    assertThat(bound("care_year=0000..9999")).contains("240");
    String many =
        IntStream.range(0, 241)
            .mapToObj(i -> "1%03d-01..1%03d-12".formatted(i, i))
            .collect(Collectors.joining(","));
    assertThat(bound("care_month=" + many)).contains("240");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=month,care_month&compare=previous_year",
        "group_by=month&care_year=2023&compare=previous_period"
      })
  void periodsOfCareAreNotCompared(String parameters) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> parse(parameters));

    assertThat(refused.errors())
        .extracting(QuestionError::argument)
        .containsExactly(Argument.Part.COMPARE);
    assertThat(refused.errors().get(0).detail().en()).contains("leave care_");
  }

  private static String bound(String parameters) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> parse(parameters));
    assertThat(refused.errors()).extracting(QuestionError::code).containsOnly("too_many_values");
    return refused.errors().get(0).detail().en();
  }

  private static Question parse(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.FR);
  }
}
