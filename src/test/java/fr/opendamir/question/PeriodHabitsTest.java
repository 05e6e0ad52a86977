package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodHabitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-10-01 | 2024-10",
        "2024/10/01 | 2024-10",
        "20241001 | 2024-10",
        "2024-10-01T00:00:00Z | 2024-10",
        "01/10/2024 | 2024-10",
        "2024-1 | 2024-01",
        "2024-13 | 2024-12",
        "2024-00 | 2024-01",
        "01/2024 | 2024-01",
        "1-2024 | 2024-01",
        "2024/01 | 2024-01",
        "2024.01 | 2024-01",
        "2024M01 | 2024-01",
        "janvier 2024 | 2024-01",
        "Janv. 2024 | 2024-01",
        "FÉVRIER 2024 | 2024-02",
        "févr 2024 | 2024-02",
        "August 2024 | 2024-08",
        "août-2024 | 2024-08",
        "décembre_2023 | 2023-12",
        "1er mars 2024 | 2024-03",
        "2024 | 2024-01..2024-12",
        "T1 2024 | 2024-01..2024-03",
        "2024-Q1 | 2024-01..2024-03",
        "2024Q5 | 2024-10..2024-12",
        "2024-10..2024-11-05 | 2024-10..2024-11",
        "2024-01...2024-03 | 2024-01..2024-03",
        "2024-01/2024-03 | 2024-01..2024-03",
        "2024-01:2024-03 | 2024-01..2024-03",
        "2024-01-2024-03 | 2024-01..2024-03",
        "2024-01 - 2024-03 | 2024-01..2024-03",
        "2024-01–2024-03 | 2024-01..2024-03",
        "2024-01 to 2024-03 | 2024-01..2024-03",
        "janvier 2024 à mars 2024 | 2024-01..2024-03",
        "2024-03-31/2024-01-01 | 2024-01..2024-03",
        "2023..2024-1 | 2023-01..2024-01",
        "2024-1.. | 2024-01..",
        "..31/12/2024 | ..2024-12",
      })
  void monthsInOtherWaysAreUnderstoodWellEnoughToSayWhatWorks(String value, String months) {
    assertThat(Period.parse(value).in(Level.MONTH_OF_PROCESSING)).isEmpty();
    assertThat(PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, value, false))
        .containsExactly(months);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "T1 2024 | 2024-Q1",
        "Q1 2024 | 2024-Q1",
        "1T2024 | 2024-Q1",
        "1er trimestre 2024 | 2024-Q1",
        "troisième trimestre 2024 | 2024-Q3",
        "2024 T2 | 2024-Q2",
        "2024Q5 | 2024-Q4",
        "2024-Q0 | 2024-Q1",
        "2024-05 | 2024-Q2",
        "2024 | 2024-Q1..2024-Q4",
        "T1 2024 - T3 2024 | 2024-Q1..2024-Q3",
      })
  void quartersToo(String value, String quarters) {
    assertThat(PeriodHabits.suggest(Level.QUARTER, value, false)).containsExactly(quarters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-01 | 2024",
        "24 | 2024",
        "2023-2024 | 2023..2024",
        "2023/2024 | 2023..2024",
        "2024-Q1 | 2024",
        "année 2024 | ",
      })
  void yearsToo(String value, String years) {
    assertThat(PeriodHabits.suggest(Level.YEAR, value, false))
        .isEqualTo(years == null ? List.of() : List.of(years));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-10-01 | 2024-10",
        "janvier 2024 | 2024-01",
        "T1 2024 | 2024-Q1",
        "2024Q5 | 2024-Q4",
        "24 | 2024",
      })
  void boundsAreOnePeriodOfAnyLength(String value, String bound) {
    assertThat(PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, value, true)).containsExactly(bound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "-", "latest", "20x", "ju 2024", "99999", "2024-01-02-03-04", "\0"})
  void nothingIsMadeUp(String value) {
    assertThat(PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, value, false)).isEmpty();
  }

  /** Whatever is suggested is a period itself, forwards, and nothing breaks. */
  @Test
  void whatIsSuggestedWorks() {
    Random random = new Random(14);
    List<String> parts =
        List.of(
            "2024",
            "2023",
            "1",
            "01",
            "12",
            "13",
            "31",
            "0",
            "Q1",
            "T5",
            "janvier",
            "May",
            "..",
            "...",
            "-",
            "/",
            ".",
            " ",
            ":",
            "_",
            "à",
            "T",
            "Z",
            "!",
            "é",
            "trimestre",
            "99",
            "202401");
    int suggested = 0;
    for (int i = 0; i < 50_000; i++) {
      String value =
          Stream.generate(() -> parts.get(random.nextInt(parts.size())))
              .limit(1 + random.nextInt(7))
              .collect(Collectors.joining());
      for (Level level : Level.of(Dimension.MONTH)) {
        for (String period : PeriodHabits.suggest(level, value, false)) {
          suggested++;
          MonthFilter.Range range = Period.parse(period).in(level).orElseThrow();
          assertThat(range.first().isPresent() || range.last().isPresent()).isTrue();
          if (range.first().isPresent() && range.last().isPresent()) {
            assertThat(range.first().get().isAfter(range.last().get())).as(value).isFalse();
          }
        }
      }
      PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, value, true)
          .forEach(
              bound ->
                  assertThat(
                          Level.of(Dimension.MONTH).stream()
                              .flatMap(level -> Periods.one(level, bound).stream()))
                      .as(value.toLowerCase(Locale.ROOT))
                      .isNotEmpty());
    }
    assertThat(suggested).isGreaterThan(2_500);
  }
}
