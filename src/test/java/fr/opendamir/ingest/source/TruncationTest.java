package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is cut off is refused wherever the cut is, unless it is exactly behind a line. */
class TruncationTest {
  @TempDir Path folder;

  /** What such a cut leaves is a monthly file of fewer lines: its bytes do not tell. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void everyCutOfAPlainFileIsRefusedButThoseBehindALineEnd(String lineEnd) throws IOException {
    byte[] whole = SourceText.ascii(SourceText.file().replace("\n", lineEnd));
    int firstLine = SourceText.HEADER.length() + lineEnd.length();
    List<Integer> accepted = new ArrayList<>();
    for (int length = 0; length <= whole.length; length++) {
      if (isAccepted(Arrays.copyOf(whole, length))) {
        accepted.add(length);
      }
    }

    List<Integer> lineEnds = new ArrayList<>();
    for (int i = firstLine; i < whole.length; i++) {
      if (whole[i] == '\n') {
        lineEnds.add(i + 1);
      }
    }
    assertThat(accepted).isEqualTo(lineEnds).hasSize(3);
  }

  @Test
  void everyCutOfAFileWithoutTrailingSeparatorsIsRefusedButThoseBehindALineEnd()
      throws IOException {
    byte[] whole = SourceText.ascii(SourceText.file().replace(";\n", "\n"));
    int accepted = 0;
    for (int length = 0; length <= whole.length; length++) {
      accepted += isAccepted(Arrays.copyOf(whole, length)) ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(3);
  }

  @Test
  void everyCutOfACompressedFileIsRefused() throws IOException {
    byte[] whole = SourceText.gzip(SourceText.ascii(SourceText.file()));
    for (int length = 0; length < whole.length; length++) {
      assertThat(isAccepted(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(isAccepted(whole)).isTrue();
  }

  /** A reader that takes for the end whatever is no whole member would lose the second one. */
  @Test
  void everyCutOfTheSecondMemberIsRefused() throws IOException {
    String text = SourceText.file();
    int half = text.length() - 200;
    byte[] first = SourceText.gzip(SourceText.ascii(text.substring(0, half)));
    byte[] whole = concat(first, SourceText.gzip(SourceText.ascii(text.substring(half))));
    for (int length = first.length; length < whole.length; length++) {
      assertThat(isAccepted(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(isAccepted(whole)).isTrue();
  }

  /** Also behind a line end: the beginning of a member that ends there is whole lines. */
  @Test
  void everyCutInsideAMemberThatBeginsALineIsRefused() throws IOException {
    byte[] first = SourceText.gzip(SourceText.ascii(SourceText.file()));
    byte[] whole = concat(first, SourceText.gzip(SourceText.ascii(SourceText.LINES)));
    for (int length = first.length + 1; length < whole.length; length++) {
      assertThat(isAccepted(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(isAccepted(whole)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\n", "garbage behind the end", "<html>", "\0\0\0\0"})
  void whateverFollowsACompressedFileIsRefused(String rest) throws IOException {
    byte[] whole = SourceText.gzip(SourceText.ascii(SourceText.file()));

    assertRefused(concat(whole, SourceText.ascii(rest)), "gzip", "Unexpected data", "download");
  }

  @Test
  void everyChangedByteOfTheChecksumAndLengthIsRefused() throws IOException {
    byte[] whole = SourceText.gzip(SourceText.ascii(SourceText.file()));
    for (int i = whole.length - 8; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x11;
      assertRefused(damaged, "gzip", "download");
    }
  }

  @Test
  void theMessageTellsLineColumnAndValue() throws IOException {
    String text = SourceText.file();
    int amount = text.lastIndexOf("18.43");

    assertRefused(
        SourceText.ascii(text.substring(0, amount + 3)),
        "line 4",
        "FLT_REM_MNT",
        "\"18.\"",
        "cut off",
        "download");
    assertRefused(
        SourceText.ascii(text.substring(0, amount)), "line 4", "FLT_REM_MNT", "\"\"", "cut off");
    assertRefused(
        SourceText.ascii(text.substring(0, text.length() - 1)), "line 4", "without a line end");
    assertRefused(
        SourceText.ascii(text.substring(0, text.length() - 2)), "line 4", "ETB_DCS_MCO", "\"Z\"");
  }

  /** Some programs end what they were given with a line end. */
  @Test
  void aCutThatWasGivenALineEndIsRefusedUnlessItLooksWhole() throws IOException {
    String text = SourceText.file();
    int lastLine = text.lastIndexOf("202501;11;");
    for (int length = lastLine + 1; length < text.length() - 3; length++) {
      assertThat(isAccepted(SourceText.ascii(text.substring(0, length) + "\n")))
          .as(text.substring(lastLine, length))
          .isFalse();
    }
    assertRefused(
        SourceText.ascii(text.substring(0, text.lastIndexOf(";10;0;0;1;35")) + "\n"),
        "line 4",
        "31 of 56 fields",
        "SOI_MOI",
        "cut off");
  }

  /** As in a genuine file of 2023: many short lines, and the last one may be of that kind too. */
  @Test
  void shortLinesOfOneKindAreCounted() throws IOException {
    String line = SourceText.LINES.lines().toList().get(0);
    String shorter = line.substring(0, line.length() - "9;Z;".length());
    String text = SourceText.file() + shorter + "\n" + shorter + "\n";

    assertThat(read(SourceText.ascii(text)).shortLines()).isEqualTo(2);
    assertThat(read(SourceText.ascii(SourceText.file())).shortLines()).isZero();
  }

  @Test
  void aDownloadThatWasFilledWithZeroBytesIsRefused() throws IOException {
    byte[] text = SourceText.ascii(SourceText.file());

    assertRefused(Arrays.copyOf(text, text.length + 500), "line 5", "0x00", "did not finish");
    assertRefused(Arrays.copyOf(Arrays.copyOf(text, 1200), 1500), "0x00", "did not finish");
    assertRefused(new byte[3_000], "zero bytes", "did not finish");
  }

  /** Across several blocks of text, so that lines lie across their borders. */
  @Test
  void aLineWithoutEndIsRefusedAndOrdinaryOnesAreCounted() throws IOException {
    String many = SourceText.LINES.repeat(3_000);
    String text = SourceText.HEADER + "\n" + many;

    assertThat(read(SourceText.ascii(text)).lines()).isEqualTo(9_000);
    assertRefused(
        SourceText.ascii(text + "202501;" + "1".repeat(600_000) + "\n" + many),
        "line 9002",
        "longer than 262144 bytes");
  }

  private static byte[] concat(byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    bytes.write(second);
    return bytes.toByteArray();
  }

  private StrictReading read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("A202501.csv"), bytes);
    return new StrictReader(MonthlyFile.inspect(file), line -> {}, (lines, onDisk) -> {}).read();
  }

  private boolean isAccepted(byte[] bytes) throws IOException {
    try {
      return read(bytes).lines() > 0;
    } catch (InvalidSourceFileException e) {
      return false;
    }
  }

  private void assertRefused(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageStartingWith("A202501.csv: ")
        .hasMessageContainingAll(parts);
  }
}
