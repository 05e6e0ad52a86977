package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

  /** Any text of the characters of numbers and their neighbours. */
  @Test
  void bothParsersAgreeOnRandomText() {
    Random random = new Random(49);
    String characters = "0123456789.-+eE,/: ;\u00ff";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(11);
      int alphabet = random.nextBoolean() ? 12 : characters.length();
      while (text.length() < length) {
        text.append(characters.charAt(random.nextInt(alphabet)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      var unusedAmount = parse(bytes, 2);
      var unusedCount = parse(bytes, 0);
    }
  }

  /** Where commas are the marks, they are read as points are, and points are wrong. */
  @Test
  void decimalCommasAreReadAsPointsAre() {
    for (String text : List.of("18,4", "-,57", "0,57", "1234567,89", "123456789,12", "18", "")) {
      assertThat(withCommas(text)).as(text).isEqualTo(amount(text.replace(',', '.')));
    }
    for (String text : List.of("18.4", "1.234,56", "1,234,56", "1,234", ",", "18,", "-,")) {
      assertThat(withCommas(text)).as(text).isEqualTo(NumberField.MALFORMED);
    }
  }

  private static long withCommas(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8), 2, ',');
  }

  private static long amount(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8), 2);
  }

  private static long count(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** What both parsers find, with other bytes around the text. */
  private static long parse(byte[] bytes, int decimals) {
    return parse(bytes, decimals, '.');
  }

  private static long parse(byte[] bytes, int decimals, char mark) {
    byte[] around = new byte[bytes.length + 16];
    Arrays.fill(around, (byte) '7');
    System.arraycopy(bytes, 0, around, 3, bytes.length);
    long value = NumberField.parse(around, 3, 3 + bytes.length, decimals, mark);
    assertThat(WideNumber.parse(around, 3, 3 + bytes.length, decimals, mark))
        .as(new String(bytes, StandardCharsets.ISO_8859_1))
        .isEqualTo(value);
    return value;
  }
}
