package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
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
    return AggregateQueryParser.parse(Draws.parameters(parameters), Language.EN).months();
  }
}
