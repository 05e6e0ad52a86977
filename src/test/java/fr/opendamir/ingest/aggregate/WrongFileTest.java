package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not a monthly file, or not the whole of one. */
class WrongFileTest {
  private static final String PAGE =
      "<!DOCTYPE html>\n<html><head><title>Session expirée</title></head></html>\n";

  static final List<String> REQUIRED =
      List.of(
          "FLX_ANN_MOI",
          "SOI_ANN",
          "SOI_MOI",
          "BEN_RES_REG",
          "AGE_BEN_SNDS",
          "BEN_SEX_COD",
          "PRS_NAT",
          "PSE_SPE_SNDS",
          "PSE_ACT_SNDS",
          "EXO_MTF",
          "ASU_NAT",
          "ETE_TYP_SNDS",
          "CPL_COD",
          "BEN_CMU_TOP",
          "FLT_ACT_QTE",
          "FLT_PAI_MNT",
          "FLT_REM_MNT",
          "FLT_DEP_MNT",
          "PRS_REM_BSE",
          "PRS_REM_MNT");

  @TempDir Path folder;

  @Test
  void monthOtherThanTheFileNameIsRefused() throws IOException {
    Path file = new RawText().lines(12).writeTo(folder, "A202412.csv");

    assertRefused(file, "2024-12", "2025-01");
  }

  /** Random codes, so that the compressed text is long enough to be cut in the middle. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.5, 0.999})
  void truncatedGzipIsRefused(double share) throws IOException {
    Random random = new Random(5);
    RawText text = new RawText();
    for (int i = 0; i < 3_000; i++) {
      text.line("ETE_CAT_SNDS", String.valueOf(random.nextInt(10_000)));
    }
    byte[] whole = Files.readAllBytes(text.writeTo(folder, "A202501.csv.gz"));
    Path cut =
        Files.write(
            folder.resolve("cut-A202501.csv.gz"),
            Arrays.copyOf(whole, (int) (whole.length * share)));

    assertRefused(cut, "gzip", "download");
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    Path file = new RawText().lines(3_000).writeTo(folder, "A202501.csv.gz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 0x55; // the checksum at the end

    assertRefused(Files.write(file, bytes), "gzip", "download");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A202501.csv.gz", "A202501.csv"})
  void webPageIsRecognised(String name) throws IOException {
    assertRefused(write(name, PAGE), "web page", "link");
  }

  @Test
  void webPageInsideGzipIsRecognised() throws IOException {
    byte[] page = RawText.gzip(PAGE.getBytes(StandardCharsets.UTF_8));

    assertRefused(Files.write(folder.resolve("A202501.csv.gz"), page), "web page", "link");
  }

  @Test
  void emptyFileIsRefused() throws IOException {
    assertRefused(write("A202501.csv", ""), "empty");
  }

  @Test
  void emptyGzipIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("A202501.csv.gz"), RawText.gzip(new byte[0]));

    assertRefused(file, "header");
  }

  @Test
  void absentFileIsRefused() {
    assertRefused(folder.resolve("A202501.csv.gz"), "does not exist");
  }

  @Test
  void folderIsRefused() {
    assertRefused(folder, "folder", ".csv.gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "", "\n\n"})
  void headerWithoutLinesIsRefused(String end) throws IOException {
    assertRefused(new RawText().end(end).writeTo(folder), "no line");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "\t", "|"})
  void otherSeparatorIsNamed(String separator) throws IOException {
    String text = new RawText().lines(12).toString().replace(";", separator);

    assertRefused(write("A202501.csv", text), "';'", separator.equals("\t") ? "tab" : separator);
  }

  @ParameterizedTest
  @FieldSource("REQUIRED")
  void missingColumnIsNamed(String column) throws IOException {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    columns.remove(column);

    assertRefused(new RawText().columns(columns).lines(12).writeTo(folder), column);
  }

  @Test
  void columnNamedTwiceIsRefused() throws IOException {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    columns.add("FLT_PAI_MNT");

    assertRefused(new RawText().columns(columns).lines(12).writeTo(folder), "FLT_PAI_MNT", "twice");
  }

  @Test
  void linesWithoutHeaderAreRefused() throws IOException {
    String text = new RawText().lines(12).toString();

    assertRefused(write("A202501.csv", text.substring(text.indexOf('\n') + 1)), "header");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageStartingWith(file.getFileName().toString())
        .hasMessageContainingAll(parts);
  }
}
