package fr.opendamir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineCheckTest {
  private static final YearMonth MONTH = YearMonth.of(2025, 3);
  private static final List<Map.Entry<YearMonth, Long>> OTHERS =
      List.of(
          Map.entry(YearMonth.of(2025, 2), 34_710_236L),
          Map.entry(YearMonth.of(2025, 4), 35_881_985L));

  @Test
  void lessThanHalfOfTheNeighboursIsTold() {
    assertThat(LineCheck.warning(MONTH, 17_600_000, OTHERS))
        .hasValueSatisfying(
            text -> assertThat(text).contains("17600000", "35296111", "cut off", "size"));
  }

  @Test
  void halfOrMoreIsNot() {
    assertThat(LineCheck.warning(MONTH, 17_700_000, OTHERS)).isEmpty();
    assertThat(LineCheck.warning(MONTH, 99_000_000, OTHERS)).isEmpty();
  }

  @Test
  void anEarlierFileOfTheSameMonthCounts() {
    assertThat(LineCheck.warning(MONTH, 10, List.of(Map.entry(MONTH, 100L)))).isPresent();
  }

  @Test
  void monthsOfOtherYearsDoNot() {
    assertThat(LineCheck.warning(MONTH, 10, List.of(Map.entry(MONTH.minusYears(1), 100L))))
        .isEmpty();
    assertThat(LineCheck.warning(MONTH, 10, List.of())).isEmpty();
  }
}
