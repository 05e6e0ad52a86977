package fr.opendamir.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedAnswerTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 100, 8_191, 8_192, 8_195, 70_000, 1_000_000})
  void compressedBytesAreThoseOfTheBody(int length) throws IOException {
    for (byte[] body : List.of(rows(length), noise(length))) {
      assertThat(gunzip(answer(body).body(true))).isEqualTo(body);
      assertThat(gunzip(closed(body).body(true))).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 100, 8_195, 70_000})
  void theEndIsReplacedWithOrWithoutCompression(int length) throws IOException {
    for (byte[] body : List.of(rows(length), noise(length))) {
      EncodedAnswer answer = answer(body);
      byte[] last = Arrays.copyOfRange(body, length - 3, length);
      for (String end : List.of("", "}", ",\"é\":1}}}", "x".repeat(65_535))) {
        byte[] bytes = end.getBytes(UTF_8);
        byte[] expected = Arrays.copyOf(body, length - 3 + bytes.length);
        System.arraycopy(bytes, 0, expected, length - 3, bytes.length);
        assertThat(answer.body(false, last, bytes)).isEqualTo(expected);
        assertThat(gunzip(answer.body(true, last, bytes))).isEqualTo(expected);
      }
      assertThat(answer.body(false)).isEqualTo(body);
      assertThat(gunzip(answer.body(true))).isEqualTo(body);
    }
  }

  @Test
  void anotherEndIsKept() throws IOException {
    byte[] other = "}]]]".getBytes(UTF_8);
    for (String body : List.of("", "}", "{}}", "{\"a\":1}")) {
      EncodedAnswer answer = answer(body.getBytes(UTF_8));
      assertThat(answer.body(false, "}}}".getBytes(UTF_8), other)).asString().isEqualTo(body);
      assertThat(gunzip(answer.body(true, "}}}".getBytes(UTF_8), other)))
          .asString()
          .isEqualTo(body);
    }
  }

  @Test
  void onlyOpenEndsAreReplaced() {
    byte[] end = "}}}".getBytes(UTF_8);
    assertThatIllegalStateException().isThrownBy(() -> closed(end).body(true, end, end));
  }

  @Test
  void rowsAreCompressed() {
    byte[] body = rows(70_000);
    assertThat(answer(body).body(true).length).isLessThan(body.length / 4);
  }

  private static EncodedAnswer answer(byte[] body) {
    return EncodedAnswer.withOpenEnd("\"tag\"", List.of(), body, 1);
  }

  private static EncodedAnswer closed(byte[] body) {
    return EncodedAnswer.of("\"tag\"", List.of(), body, 1);
  }

  private static byte[] rows(int length) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; rows.length() < length; i++) {
      rows.append("{\"region\":\"").append(i % 18).append("\",\"reimbursed\":").append(i * 7919L);
    }
    return rows.substring(0, length).getBytes(UTF_8);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private static byte[] gunzip(byte[] bytes) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }
}
