package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people take for a monthly file is told by its name, with what would work. */
class OtherFilesTest {
  private static final String TEXT = SourceText.file();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, false",
    "UTF-16LE, true",
    "UTF-16BE, false",
    "UTF-16BE, true",
  })
  void utf16IsNamedWithAndWithoutAByteOrderMark(String charset, boolean mark) throws IOException {
    byte[] bytes = ((mark ? "\uFEFF" : "") + TEXT).getBytes(Charset.forName(charset));

    assertRefused(bytes, "UTF-16", "iconv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-32LE", "UTF-32BE"})
  void utf32IsNamed(String charset) throws IOException {
    assertRefused(("\uFEFF" + TEXT).getBytes(Charset.forName(charset)), "UTF-32", "UTF-8");
  }

  @Test
  void aByteOrderMarkOfUtf8IsRead() throws IOException {
    assertRead(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aZipArchiveOfOneFileIsRead() throws IOException {
    assertThat(read(zip("A202501.csv")).lines()).isEqualTo(3);
    assertThat(read(zip("folder/", "folder/x.txt", "__MACOSX/folder/._x.txt")).lines())
        .isEqualTo(3);
    assertThat(read(zipOf(SourceText.gzip(SourceText.ascii(TEXT)), "A202501.csv.gz")).lines())
        .isEqualTo(3);
  }

  @Test
  void otherZipArchivesAreNamedWithTheirFiles() throws IOException {
    assertRefusedPlain(
        zip("A202501.csv", "A202502.csv"), "ZIP archive of 2 files", "\"A202502.csv\"", "unpack");
    assertRefusedPlain(zip("folder/"), "ZIP archive of 0 files");
    assertRefusedPlain(SourceText.gzip(zip("A202501.csv")), "ZIP", "unpack");
    assertRefusedPlain(zipOf(zip("A202501.csv"), "A202501.zip"), "ZIP", "unpack");
    assertRefusedPlain(zipOf(SourceText.ascii("<html>"), "A202501.csv"), "web page");
    byte[] whole = zip("A202501.csv");
    for (int length : new int[] {10, whole.length / 2, whole.length - 30, whole.length - 1}) {
      assertRefusedPlain(Arrays.copyOf(whole, length), "ZIP archive", "cut or damaged", "download");
    }
  }

  /** The text begins well; its checksum says that it is another. */
  @Test
  void aDamagedZipArchiveIsFoundByItsChecksum() throws IOException {
    byte[] archive = zipOf(SourceText.ascii(TEXT), "A202501.csv");
    int checksum = indexOf(archive, new byte[] {'P', 'K', 7, 8}) + 4;
    archive[checksum] ^= 1;

    assertRefusedPlain(archive, "ZIP archive is cut or damaged", "invalid entry CRC", "download");
  }

  @Test
  void workbooksAreNamed() throws IOException {
    assertRefused(zip("[Content_Types].xml"), "Excel", "CSV");
    assertRefused(HexFormat.of().parseHex("d0cf11e0a1b11ae1000000000000"), "Excel", "CSV");
  }

  @Test
  void compressedTwiceIsReadAndMoreOftenIsNamed() throws IOException {
    byte[] twice = SourceText.gzip(SourceText.gzip(SourceText.ascii(TEXT)));
    assertThat(read(twice).lines()).isEqualTo(3);
    assertRefusedPlain(SourceText.gzip(twice), "more than twice", "gunzip");
    assertRefusedPlain(Arrays.copyOf(twice, twice.length - 9), "cut or damaged", "download");
    assertRefusedPlain(SourceText.gzip(SourceText.gzip(new byte[0])), "no header");
  }

  @ParameterizedTest
  @CsvSource({"bzip2, bzip2", "lz4-framed, lz4"})
  void otherCompressionsAreNamed(String name, String shown)
      throws IOException, CompressorException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(name, bytes)) {
      out.write(SourceText.ascii(TEXT));
    }

    assertRefused(bytes.toByteArray(), shown, "unpack");
  }

  @ParameterizedTest
  @CsvSource({
    "fd377a585a000004e6d6b446, xz",
    "28b52ffd2400010000, zstd",
    "1f9d9058b2, (.Z)",
    "377abcaf271c0004, 7z",
    "526172211a0700cf, RAR",
    "5041523115041510, Parquet",
    "53514c69746520666f726d6174203300, SQLite",
    "255044462d312e370a, PDF",
    "0102030405060708, binary",
    "7f454c4602010100, binary",
  })
  void otherKindsAreNamed(String start, String shown) throws IOException {
    assertRefused(HexFormat.of().parseHex(start), shown);
  }

  @Test
  void aTarArchiveIsNamed() throws IOException {
    byte[] tar = new byte[2048];
    System.arraycopy(SourceText.ascii("A202501.csv"), 0, tar, 0, 11);
    System.arraycopy(SourceText.ascii("ustar"), 0, tar, 257, 5);

    assertRefused(tar, "tar archive", "unpack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>expired</body></html>",
        "\n\n  <html>",
        "\uFEFF<HTML>",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"
      })
  void webPagesAreNamed(String page) throws IOException {
    assertRefused(page.getBytes(StandardCharsets.UTF_8), "web page", "new link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":\"expired\"}", "[1,2]", " \n{ }", "\uFEFF{}"})
  void jsonIsNamed(String json) throws IOException {
    assertRefused(json.getBytes(StandardCharsets.UTF_8), "JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "\t", "|", ":"})
  void otherSeparatorsAreNamed(String separator) throws IOException {
    assertRefusedText(
        TEXT.replace(";", separator), "separated by", separator.equals("\t") ? "tabs" : separator);
  }

  @Test
  void quotedNamesAreRead() throws IOException {
    UnaryOperator<String> quoted = quotedWith("\"");
    String text = TEXT.lines().map(quoted).reduce("", (all, line) -> all + line + "\n");

    assertRead(SourceText.ascii(text));
    assertRead(SourceText.ascii(text.toLowerCase(Locale.ROOT)));
    assertRead(SourceText.ascii(quoted.apply(SourceText.HEADER) + ";\n" + SourceText.LINES));
    assertRefusedText(text.replace(";", ","), "','");
    assertRefusedText(
        text.replace("\"BEN_RES_REG\"", "'BEN_RES_REG'"), "in quotes that cannot be read");
  }

  @Test
  void namesInSingleQuotesAreNamed() throws IOException {
    String text = TEXT.lines().map(quotedWith("'")).reduce("", (all, line) -> all + line + "\n");

    assertRefusedText(text, "in quotes");
  }

  private static UnaryOperator<String> quotedWith(String quote) {
    return line ->
        quote + line.substring(0, line.length() - 1).replace(";", quote + ";" + quote) + quote;
  }

  @Test
  void namesInLowerOrMixedCaseAreRead() throws IOException {
    String lines = SourceText.LINES;
    assertRead(SourceText.ascii(SourceText.HEADER.toLowerCase(Locale.ROOT) + "\n" + lines));
    assertRead(SourceText.ascii(SourceText.HEADER.replace("_MNT", "_Mnt") + "\n" + lines));
  }

  @Test
  void namesWithBlanksAroundThemAreRead() throws IOException {
    assertRead(SourceText.ascii(SourceText.HEADER.replace(";", " ; ") + "\n" + SourceText.LINES));
  }

  @Test
  void mixedLineEndsAreRead() throws IOException {
    List<String> lines = SourceText.LINES.lines().toList();
    String header = SourceText.HEADER;
    assertRead(SourceText.ascii(header + "\n" + SourceText.LINES.replace("\n", "\r\n")));
    assertRead(SourceText.ascii(header + "\r\n" + SourceText.LINES));
    assertRead(
        SourceText.ascii(
            header + "\n" + lines.get(0) + "\n" + lines.get(1) + "\r\n" + lines.get(2) + "\n"));
    assertRead(SourceText.ascii(TEXT + "\r\n"));
    assertThat(read(SourceText.ascii(TEXT + "202501;11;40;11\r\n202501;11;40;11\n")).shortLines())
        .isEqualTo(2);
  }

  @Test
  void loneCarriageReturnsAreNamed() throws IOException {
    assertRefusedText(TEXT.replace("\n", "\r"), "CR alone", "tr ");
    assertRefusedText(TEXT.replaceFirst("\n", "\r"), "CR alone");
    assertRefusedText(SourceText.HEADER + "\n" + SourceText.LINES.replaceFirst("\n", "\r"), "0x0D");
  }

  @Test
  void consistentCrLfIsRead() throws IOException {
    assertRead(SourceText.ascii(TEXT.replace("\n", "\r\n")));
  }

  @Test
  void linesWithoutHeaderAreNamedAndNotQuoted() throws IOException {
    assertRefusedText(SourceText.LINES, "header is missing");
    assertThatThrownBy(() -> read(SourceText.ascii(SourceText.LINES)))
        .hasMessageNotContaining("202501;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "# comment\n", "Open DAMIR janvier 2025\n", "a;b;c\n"})
  void anotherFirstLineIsShown(String first) throws IOException {
    assertRefusedText(first + TEXT, "first line", first.strip().substring(0, 1), "FLX_ANN_MOI");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "  \n"})
  void aBlankFirstLineIsNamed(String first) throws IOException {
    assertRefusedText(first + TEXT, "blank line");
  }

  @Test
  void anEmptyFileAndAHeaderAloneAreNamed() throws IOException {
    assertRefusedPlain(new byte[0], "empty", "download");
    assertRefusedPlain(SourceText.gzip(new byte[0]), "no header");
    assertRefusedText(SourceText.HEADER + "\n", "no line");
    assertRefusedText(SourceText.HEADER, "no line");
  }

  @Test
  void aRenamedColumnIsShownBesideTheMissingOne() throws IOException {
    assertRefusedText(
        TEXT.replace("FLT_PAI_MNT", "FLT_PAI_MONTANT"), "FLT_PAI_MNT", "\"FLT_PAI_MONTANT\"");
  }

  @Test
  void aHeaderOfTheOtherGeographyIsNamed() throws IOException {
    String zones = TEXT.replace("_REG;", "_ZEAT;");

    assertRefusedText(zones, "line 2", "FLX_ANN_MOI holds 202501", "has zones", "January 2015");
    assertRefusedText(zones.toLowerCase(Locale.ROOT).replace(";z;", ";Z;"), "has zones");
    assertRefusedText(TEXT.replace("202501;", "201412;"), "201412", "has regions", "December 2014");
  }

  @Test
  void aFolderAndAMissingFileAreNamed() {
    assertThatThrownBy(() -> MonthlyFile.inspect(folder)).hasMessageContaining("folder without");
    assertThatThrownBy(() -> MonthlyFile.inspect(folder.resolve("A202501.csv")))
        .hasMessageContaining("does not exist");
  }

  private static byte[] zip(String... entries) throws IOException {
    return zipOf(SourceText.ascii(TEXT), entries);
  }

  private static byte[] zipOf(byte[] content, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        if (!entry.endsWith("/")) {
          out.write(content);
        }
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  private void assertRefusedText(String text, String... parts) throws IOException {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), parts);
  }

  /** As it is, and compressed once more. */
  private void assertRefused(byte[] bytes, String... parts) throws IOException {
    assertRefusedPlain(bytes, parts);
    assertRefusedPlain(SourceText.gzip(bytes), parts);
  }

  private void assertRefusedPlain(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageStartingWith("A202501.csv.gz: ")
        .hasMessageContainingAll(parts);
  }

  private void assertRead(byte[] bytes) throws IOException {
    assertThat(read(bytes).lines()).isEqualTo(3);
    assertThat(read(SourceText.gzip(bytes)).lines()).isEqualTo(3);
  }

  private StrictReading read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("A202501.csv.gz"), bytes);
    return new StrictReader(MonthlyFile.inspect(file), line -> {}, (lines, onDisk) -> {}).read();
  }
}
