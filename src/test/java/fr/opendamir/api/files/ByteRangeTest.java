package fr.opendamir.api.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  private static final long SIZE = 1_000;
  private static final ByteRange WHOLE = new ByteRange(200, 0, SIZE);

  private static ByteRange of(String header) {
    return ByteRange.of(List.of(header), SIZE);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-999, 0, 1000",
    "bytes=0-1000, 0, 1000",
    "bytes=999-999, 999, 1",
    "bytes=999-, 999, 1",
    "bytes=-1, 999, 1",
    "bytes=-1000, 0, 1000",
    "bytes=-1001, 0, 1000",
    "' bytes=5-6 ', 5, 2",
    "BYTES=5-6, 5, 2",
    "bytes=0-9223372036854775807, 0, 1000",
    "bytes=0-9223372036854775808, 0, 1000",
    "bytes=-18446744073709551616, 0, 1000"
  })
  void oneRangeIsPartOfTheFile(String header, long first, long length) {
    assertThat(of(header)).isEqualTo(new ByteRange(206, first, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1000-", "bytes=1000-1000", "bytes=-0", "bytes=99999999999999999999-"})
  void aRangeBehindTheEndIsOutside(String header) {
    assertThat(of(header).isOutside()).isTrue();
    assertThat(of(header).contentRange(SIZE)).isEqualTo("bytes */1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=0-0,",
        "bytes=2-1",
        "bytes=+1-2",
        "bytes=1--2",
        "bytes:0-1",
        "bit=0-1",
        "bytes=٣-٤",
        "bytes=1e3-"
      })
  void everythingElseIsTheWholeFile(String header) {
    assertThat(of(header)).isEqualTo(WHOLE);
  }

  @Test
  void noHeaderOrSeveralAreTheWholeFile() {
    assertThat(ByteRange.of(List.of(), SIZE)).isEqualTo(WHOLE);
    assertThat(ByteRange.of(List.of("bytes=0-1", "bytes=2-3"), SIZE)).isEqualTo(WHOLE);
  }

  @Test
  void noHeaderLeadsOutOfTheFile() {
    Random random = new Random(45);
    String characters = "bytes=-,0123456789 \t%";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder header = new StringBuilder(random.nextInt(3) > 0 ? "bytes=" : "");
      for (int j = random.nextInt(12); j > 0; j--) {
        header.append(characters.charAt(random.nextInt(characters.length())));
      }
      ByteRange range = of(header.toString());
      assertThat(range.status()).isIn(200, 206, 416);
      assertThat(range.first()).isBetween(0L, SIZE);
      assertThat(range.first() + range.length()).isBetween(0L, SIZE);
      assertThat(range.length() > 0).as("%s", header).isEqualTo(!range.isOutside());
    }
  }
}
