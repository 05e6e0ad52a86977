package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HavingTest {
  /** A cursor says of which question it is, and would else refuse the same one. */
  @ParameterizedTest
  @CsvSource({
    "1.50, 1.5, charged:ge:1.5",
    "100.00, 100, charged:ge:100",
    "1E+2, 100, charged:ge:100",
    "0.000, 0, charged:ge:0",
    "-0.0, 0, charged:ge:0",
    "-20.10, -20.1, charged:ge:-20.1",
  })
  void oneNumberIsOneConditionHoweverItIsWritten(String one, String other, String text) {
    assertThat(having(one)).isEqualTo(having(other)).hasToString(having(other).toString());
    assertThat(having(one).text()).isEqualTo(text);
  }

  private static Having having(String value) {
    return new Having(MeasureValue.of(Measure.CHARGED), Having.Operator.GE, new BigDecimal(value));
  }
}
