package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

  private final byte[] out = new byte[40];

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "57,.57",
    "-57,-.57",
    "5,.05",
    "440,4.4",
    "3000,30",
    "2435730739,24357307.39",
    "-113573800,-1135738",
    "100,1",
    "-1010,-10.1"
  })
  void writesDecimalsWithoutLeadingOrTrailingZero(long hundredths, String text) {
    assertThat(written(DecimalText.hundredths(out, 0, hundredths))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "10,10", "9999,9999", "829588,829588", "-8407,-8407"})
  void writesWholeNumbers(long number, String text) {
    assertThat(written(DecimalText.count(out, 0, number))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,4,0000", "1,2,01", "2024,4,2024", "12,2,12"})
  void padsYearsAndMonths(int number, int width, String text) {
    assertThat(written(DecimalText.padded(out, 0, number, width))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource("-9223372036854775808")
  void leavesTheFieldOfACountThatIsNotSentEmpty(long empty) {
    assertThat(written(DecimalText.count(out, 0, empty))).isEmpty();
  }

  private String written(int end) {
    return new String(out, 0, end, StandardCharsets.US_ASCII);
  }
}
