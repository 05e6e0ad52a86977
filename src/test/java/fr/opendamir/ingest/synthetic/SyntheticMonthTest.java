package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.opendamir.ingest.source.SourceLayout;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class SyntheticMonthTest {

  @Test
  void takesTheLayoutInWhichTheMonthWasPublished() {
    assertThat(SyntheticMonth.of(YearMonth.of(2014, 12), 10, 1).layout())
        .isEqualTo(SourceLayout.ZONES_55);
    assertThat(SyntheticMonth.of(YearMonth.of(2024, 1), 10, 1).layout())
        .isEqualTo(SourceLayout.COLUMNS_54);
    assertThat(SyntheticMonth.of(YearMonth.of(2025, 1), 10, 1).layout())
        .isEqualTo(SourceLayout.COLUMNS_56);
  }

  @Test
  void refusesMonthsBefore2009AndAfter2099() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2008, 12), 10, 1))
        .withMessage("month must be from 2009-01 to 2099-12, not 2008-12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2100, 1), 10, 1));
  }

  @Test
  void refusesALayoutOfTheOtherGeography() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyntheticMonth(YearMonth.of(2015, 1), 10, 1, SourceLayout.ZONES_55))
        .withMessageContainingAll("until 2014", "ZONES_55", "2015-01");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SyntheticMonth(YearMonth.of(2014, 12), 10, 1, SourceLayout.COLUMNS_55))
        .withMessageContainingAll("until 2014", "COLUMNS_55", "2014-12");
  }

  @Test
  void refusesAFileWithoutLines() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2025, 1), 0, 1))
        .withMessage("lines must be from 1 to 500000000, not 0");
  }
}
