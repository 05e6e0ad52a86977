package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.opendamir.ingest.source.SourceLayout;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class SyntheticMonthTest {

  @Test
  void takesTheLayoutInWhichTheMonthWasPublished() {
    assertThat(SyntheticMonth.of(YearMonth.of(2024, 1), 10, 1).layout())
        .isEqualTo(SourceLayout.COLUMNS_54);
    assertThat(SyntheticMonth.of(YearMonth.of(2025, 1), 10, 1).layout())
        .isEqualTo(SourceLayout.COLUMNS_56);
  }

  @Test
  void refusesMonthsBefore2015AndAfter2099() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2014, 12), 10, 1))
        .withMessage("month must be from 2015-01 to 2099-12, not 2014-12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2100, 1), 10, 1));
  }

  @Test
  void refusesAFileWithoutLines() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticMonth.of(YearMonth.of(2025, 1), 0, 1))
        .withMessage("lines must be from 1 to 500000000, not 0");
  }
}
