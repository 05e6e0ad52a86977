package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.MonthlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same lines in every form a monthly file comes in: always the same blocks. */
class FileFormTest {
  private static List<BlockFigures> expected;

  @TempDir Path folder;

  @BeforeAll
  static void protectThePlainForm(@TempDir Path plain) throws IOException {
    expected = ProtectionCheck.protect(ordinary().writeTo(plain)).blocks();
  }

  @Test
  void windowsLineEndsAreRead() throws IOException {
    assertSameBlocks(ordinary().lineEnd("\r\n").writeTo(folder));
  }

  @Test
  void byteOrderMarkIsRead() throws IOException {
    assertSameBlocks(ordinary().start("\uFEFF").writeTo(folder));
  }

  @Test
  void byteOrderMarkInsideGzipIsRead() throws IOException {
    assertSameBlocks(ordinary().start("\uFEFF").lineEnd("\r\n").writeTo(folder, "A202501.csv.gz"));
  }

  @Test
  void fileMayEndWithBlankLines() throws IOException {
    assertSameBlocks(ordinary().end("\n\n\n").writeTo(folder));
  }

  @Test
  void windowsFileMayEndWithBlankLines() throws IOException {
    assertSameBlocks(ordinary().lineEnd("\r\n").end("\r\n\r\n").writeTo(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A202501.csv", "A202501.txt", "A202501", "A202501.csv.gz"})
  void theNameDoesNotTellWhetherAFileIsCompressed(String name) throws IOException {
    byte[] plain = ordinary().toString().getBytes(StandardCharsets.US_ASCII);

    assertSameBlocks(Files.write(folder.resolve(name), plain));
    assertSameBlocks(Files.write(folder.resolve(name), RawText.gzip(plain)));
  }

  @Test
  void valuesMayBeInQuotesWithDecimalCommasAndMixedLineEnds() throws IOException {
    String text =
        ordinary()
            .toString()
            .replaceAll("(?<=;)(-?\\d*)\\.(\\d+)(?=;)", "$1,$2")
            .replaceAll("(?m)(?<=^|;)([^;\\n]+)(?=;)", "\"$1\"")
            .replaceAll("(?m)(\"3313\".*)$", "$1\r");

    assertThat(text).contains("\"3313\"", ";\r\n", ";\n", ",07\"");
    assertSameBlocks(Files.writeString(folder.resolve("A202501.csv"), text));
  }

  @Test
  void anArchiveOfOneFileIsRead() throws IOException {
    Path file = folder.resolve("A202501.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("A202501.csv"));
      out.write(ordinary().toString().getBytes(StandardCharsets.US_ASCII));
    }

    assertSameBlocks(file);
  }

  @Test
  void columnNamesMayBeInLowerCase() throws IOException {
    String text = ordinary().toString();
    int header = text.indexOf('\n');
    String lower = text.substring(0, header).toLowerCase(Locale.ROOT) + text.substring(header);

    assertSameBlocks(Files.writeString(folder.resolve("A202501.csv"), lower));
  }

  @Test
  void trailingSeparatorMayBeAbsent() throws IOException {
    assertSameBlocks(fill(new RawText().withoutTrailingSeparator()).writeTo(folder));
  }

  @Test
  void layoutOf55ColumnsIsRead() throws IOException {
    assertSameBlocks(fill(new RawText().columns(without("ETB_DCS_MCO"))).writeTo(folder));
  }

  @Test
  void layoutOf54ColumnsIsRead() throws IOException {
    List<String> columns = without("PSP_STJ_SNDS", "TOP_PS5_TRG");

    assertSameBlocks(fill(new RawText().columns(columns)).writeTo(folder));
  }

  @Test
  void columnsAreFoundByNameWhateverTheirOrder() throws IOException {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    Collections.shuffle(columns, new Random(1));

    assertSameBlocks(fill(new RawText().columns(columns)).writeTo(folder));
  }

  @Test
  void unknownColumnIsReportedAndNotRead() throws IOException {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    columns.add(20, "NEW_COL_2026");
    columns.add("it's \"odd\"");
    Path file = fill(new RawText().columns(columns)).writeTo(folder);

    assertThat(MonthlyFile.inspect(file).unknownColumns())
        .containsExactly("NEW_COL_2026", "it's \"odd\"");
    assertSameBlocks(file);
  }

  @Test
  void gzipOfSeveralMembersIsReadToItsEnd() throws IOException {
    String text = ordinary().toString();
    int half = text.length() / 2;
    Path file = folder.resolve("A202501.csv.gz");
    try (var out = Files.newOutputStream(file)) {
      out.write(RawText.gzip(text.substring(0, half).getBytes(StandardCharsets.US_ASCII)));
      out.write(RawText.gzip(text.substring(half).getBytes(StandardCharsets.US_ASCII)));
    }

    assertSameBlocks(file);
  }

  /** A name is a name: a reader that takes it for a pattern would read other files too. */
  @ParameterizedTest
  @ValueSource(strings = {"A202501 copie.csv", "it's A202501.csv", "A202501[1].csv", "A20250*.csv"})
  void fileNamesAreTakenLiterally(String name) throws IOException {
    var unused = new RawText().acts(99, "1110").writeTo(folder, "A2025011.csv");

    assertSameBlocks(ordinary().writeTo(folder, name));
  }

  /** Columns that are not read may hold any bytes. */
  @Test
  void latinLettersInAnUnusedColumnDoNoHarm() throws IOException {
    RawText text = ordinary().acts(12, "1110", "ETB_DCS_MCO", "é");
    RawText same = ordinary().acts(12, "1110");
    Path file =
        Files.write(
            folder.resolve("A202501.csv"), text.toString().getBytes(StandardCharsets.ISO_8859_1));

    assertThat(ProtectedMonth.of(file).blocks())
        .containsExactlyInAnyOrderElementsOf(
            ProtectedMonth.of(same.writeTo(folder, "same.csv")).blocks());
  }

  private static RawText ordinary() {
    return fill(new RawText());
  }

  private static RawText fill(RawText text) {
    for (int i = 0; i < 40; i++) {
      text.acts(
          1 + i % 3,
          i % 2 == 0 ? "1110" : "3313",
          "BEN_RES_REG",
          i < 30 ? "11" : "24",
          "EXO_MTF",
          i % 5 == 0 ? "41" : "0");
    }
    return text;
  }

  private static List<String> without(String... columns) {
    return RawText.COLUMNS.stream().filter(name -> !List.of(columns).contains(name)).toList();
  }

  private void assertSameBlocks(Path file) throws IOException {
    assertThat(ProtectedMonth.of(file).blocks()).containsExactlyInAnyOrderElementsOf(expected);
  }
}
