package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import fr.opendamir.testing.Draws;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthFilterTest {
  private static final List<YearMonth> MONTHS =
      IntStream.range(0, 24).mapToObj(i -> YearMonth.of(2023, 1).plusMonths(i)).toList();

  /** First month, last month and number of those that are left of 2023 and 2024. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=2023-03&to=2023-05 | 2023-03 | 2023-05 | 3",
        "year=2023&quarter=2023-Q4,2024-Q1 | 2023-10 | 2023-12 | 3",
        "year=2023&month=!2023-01,2023-12 | 2023-02 | 2023-11 | 10",
        "year=!2023&from=2023-06 | 2024-01 | 2024-12 | 12",
        "month=!2023-02..2024-11&to=2024 | 2023-01 | 2024-12 | 2",
        "quarter=2023-Q1,2023-Q3&month=2023-02..2023-08 | 2023-02 | 2023-08 | 4",
      })
  void severalConditionsMustAllHoldAndAreOne(
      String parameters, YearMonth first, YearMonth last, int count) {
    MonthFilter months = months(parameters);

    assertThat(months.conditions()).hasSize(1);
    assertThat(months.select(MONTHS)).hasSize(count).startsWith(first).endsWith(last);
  }

  private static MonthFilter months(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.EN).months();
  }

  /** Few ranges or hundreds, overlapping or not, kept or excluded. */
  @Test
  void monthsThatFollowEachOtherAreARange() {
    assertThat(
            MonthFilter.spans(
                Stream.of("2023-11", "2023-12", "2024-01", "2024-03")
                    .map(YearMonth::parse)
                    .toList()))
        .isEqualTo("2023-11..2024-01, 2024-03");
    assertThat(MonthFilter.spans(List.of())).isEmpty();
  }

  @Test
  void oneConditionForSeveralMeansTheSameMonths() {
    Random random = new Random(15);
    for (int round = 0; round < 300; round++) {
      List<MonthFilter.Condition> conditions = new ArrayList<>();
      int most = round % 2 == 0 ? 4 : 150;
      for (int i = 0; i <= random.nextInt(3); i++) {
        List<MonthFilter.Range> ranges = new ArrayList<>();
        for (int range = 0; range <= random.nextInt(most); range++) {
          ranges.add(someRange(random));
        }
        conditions.add(new MonthFilter.Condition(ranges, random.nextInt(3) == 0));
      }
      MonthFilter.Condition all = MonthFilter.Condition.allOf(conditions);
      for (YearMonth month = YearMonth.of(1999, 1);
          month.isBefore(YearMonth.of(2032, 1));
          month = month.plusMonths(1)) {
        YearMonth one = month;
        assertThat(all.accepts(one))
            .as("%s in %s", one, conditions)
            .isEqualTo(conditions.stream().allMatch(condition -> condition.accepts(one)));
      }
      assertThat(all.ranges()).hasSizeLessThan(3 * most + 20);
    }
  }

  private static MonthFilter.Range someRange(Random random) {
    YearMonth first = YearMonth.of(2000, 1).plusMonths(random.nextInt(360));
    YearMonth last = first.plusMonths(random.nextInt(random.nextBoolean() ? 3 : 60));
    return new MonthFilter.Range(
        random.nextInt(20) == 0 ? Optional.empty() : Optional.of(first),
        random.nextInt(20) == 0 ? Optional.empty() : Optional.of(last));
  }
}
