package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFieldTest {
  /** The forms that genuine files hold, and those of programs that write zeros out. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "'', 0",
    "7, 700",
    "-5, -500",
    "4.4, 440",
    ".57, 57",
    "-.57, -57",
    ".5, 50",
    "-7.95, -795",
    "24357307.39, 2435730739",
    "0.57, 57",
    "-0.57, -57",
    "4.40, 440",
    "18.0, 1800",
    "-0, 0",
    "999999999999.99, 99999999999999"
  })
  void amountsAreCents(String text, long cents) {
    assertThat(amount(text)).isEqualTo(cents);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18.",
        "-18.",
        ".",
        "-",
        "-.",
        "--1",
        "+1",
        "1-",
        "1e3",
        "1E3",
        "18.432",
        "18.4.",
        "1.2.3",
        " 1",
        "1 ",
        "1,2",
        "1_0",
        "0x1",
        "018",
        "-018",
        "00",
        "00.5",
        "-00.5",
        "NaN",
        "Infinity",
        "1234567890123",
        "１",
        "1\r",
        "\"1\"",
        "€1",
        "1%"
      })
  void whatNoFileWritesIsNoAmount(String text) {
    assertThat(amount(text)).isEqualTo(NumberField.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", "1.0", ".5", "1.5", "01", "-", "1e1"})
  void whatIsNotWholeIsNoCount(String text) {
    assertThat(count(text)).isEqualTo(NumberField.MALFORMED);
  }

  @Test
  void everyAmountIsReadAsItIsWrittenByTheProducer() {
    Random random = new Random(14);
    for (int i = 0; i < 20_000; i++) {
      long cents = (long) (random.nextGaussian() * Math.pow(10, random.nextInt(11)));
      String text =
          BigDecimal.valueOf(cents, 2)
              .stripTrailingZeros()
              .toPlainString()
              .replaceFirst("^(-?)0\\.", "$1.");
      assertThat(amount(text)).as(text).isEqualTo(cents);
      assertThat(amount(String.format(Locale.ROOT, "%s", BigDecimal.valueOf(cents, 2))))
          .isEqualTo(cents);
    }
  }

  private static long amount(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return NumberField.parse(bytes, 0, bytes.length, 2);
  }

  private static long count(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return NumberField.parse(bytes, 0, bytes.length, 0);
  }
}
