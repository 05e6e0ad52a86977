package fr.opendamir.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Months that other programs have opened and saved: read, or refused with the way back. */
class ForeignFilesTest {
  @TempDir Path folder;

  /** Without the last, empty column, which no spreadsheet sees; months of care have lost zeros. */
  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF|\r\n", "|\r\n", "|\n", "\uFEFF|\n"})
  void whatASpreadsheetSavesIsReadWhereNumbersAreWhole(String form) throws IOException {
    String mark = form.substring(0, form.indexOf('|'));
    String end = form.substring(form.indexOf('|') + 1);
    String saved = mark + lines(SourceText.file(), "; *$", "").replace(";01;10;", ";1;10;");

    StrictReading reading = read(saved.replace("\n", end));

    assertThat(reading.lines()).isEqualTo(3);
    assertThat(reading.shortLines()).isZero();
    assertThat(reading.totals()).isEqualTo(read(SourceText.file()).totals());
  }

  /** The column of a value, how another program writes it, and what the message says of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          FLT_REM_MNT  | 18,43      | decimal comma      | tr ',' '.'
          FLT_REM_MNT  | -,57       | decimal comma      | points
          FLT_PAI_MNT  | 1 234,5    | decimal comma      | as the producer publishes it
          FLT_PAI_MNT  | 12 345 678 | spaces between     | export it without
          FLT_PAI_MNT  | 1,23E+05   | spreadsheet        | as the producer publishes it
          FLT_ACT_QTE  | 1E+05      | spreadsheet        | as the producer publishes it
          FLT_REM_MNT  | 1,234.5    | between thousands  | export it without
          FLT_REM_MNT  | "18.43     | a quote            | export the file without quotes
          FLT_ACT_QTE  | "1""       | a quote            | export the file without quotes
          AGE_BEN_SNDS | 4"0        | a quote            | export the file without quotes
          BEN_SEX_COD  | '2'        | in quotes          | export it without
          ASU_NAT      | 1,0        | decimal comma      | points
          """)
  void valuesAsOtherProgramsWriteThemHaveAWayBack(
      SourceColumn column, String value, String cause, String remedy) {
    String text = SourceText.with(column, value);
    assertThatThrownBy(() -> read(value.contains("\"") ? text.replace(";84;", ";\"84\";") : text))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 5", column.name(), value, cause, remedy);
  }

  @Test
  void quotesAndDecimalCommasAreReadWhereTheFirstLinesHaveThem() throws IOException {
    var totals = read(SourceText.file()).totals();
    String commas = SourceText.file().replaceAll("(\\d*)\\.(\\d+)", "$1,$2");
    String quoted = commas.replaceAll("(?m)(?<=^|;)([^;\n]+)(?=;)", "\"$1\"");

    assertThat(quoted).startsWith("\"FLX_ANN_MOI\";").contains(";\",81\";");
    assertThat(read(commas).totals()).isEqualTo(totals);
    assertThat(read(quoted).totals()).isEqualTo(totals);
    assertThat(read(quoted.replace("\n", "\r\n").replaceFirst("\r", "")).totals())
        .isEqualTo(totals);
    assertThat(read(SourceText.file().replace("202501;", "\"202501\";")).totals())
        .isEqualTo(totals);
  }

  /** Another mark than that of the first amount, whichever comes first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          18.43     | decimal point
          1.234,56  | between thousands
          1 234,56  | spaces between
          1,234     | at most two decimals
          12,       | such as 18, 18,4 or -,57
          """)
  void aFileWithDecimalCommasHasNoOtherMarks(String value, String cause) {
    String commas = SourceText.file().replaceAll("(\\d*)\\.(\\d+)", "$1,$2");
    String line = commas.lines().toList().get(3).replace("18,43", value);

    assertThatThrownBy(() -> read(commas + line + "\n"))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 5", "PRS_REM_MNT", value, cause);
  }

  /** Behind the first 64 KiB: the file was put together. */
  @Test
  void quotesAndCommasThatBeginLaterAreRefused() {
    String text = SourceText.file() + SourceText.LINES.repeat(400);
    String line = SourceText.LINES.lines().toList().get(2);
    assertThatThrownBy(() -> read(text + line.replace(";1110;", ";\"1110\";") + "\n"))
        .hasMessageContainingAll("line 1205", "PRS_NAT", "in quotes, as the first lines");
    assertThatThrownBy(() -> read(text + line.replace("18.43", "18,43") + "\n"))
        .hasMessageContainingAll("line 1205", "PRS_REM_MNT", "decimal comma");
  }

  @Test
  void otherWrongValuesHaveNoSuchHint() {
    assertThatThrownBy(() -> read(SourceText.with(SourceColumn.FLT_REM_MNT, "18.4.3")))
        .hasMessageEndingWith("with at most two decimals");
  }

  /** The mark of generated files is neither a column nor a value. */
  @Test
  void theMarkOfGeneratedFilesIsReadAndDecides() throws IOException {
    String header = SourceText.HEADER;
    String marked = SourceText.file().replace(header, header + MonthlyFile.SYNTHETIC);
    MonthlyFile file = MonthlyFile.inspect(write("A202501.csv", marked));

    assertThat(file.synthetic()).isTrue();
    assertThat(file.header())
        .isEqualTo(MonthlyFile.inspect(write("b.csv", SourceText.file())).header());
    assertThat(file.unknownColumns()).isEmpty();
    assertThat(read(marked).totals()).isEqualTo(read(SourceText.file()).totals());
    assertThat(MonthlyFile.inspect(write("A202501-synthetic.csv", SourceText.file())).synthetic())
        .isFalse();
    assertThatThrownBy(() -> read(marked.replace(";Z;\n", ";Z;1\n")))
        .hasMessageContaining("has a value after the last ';'");
  }

  /**
   * A month has 36 million lines, a sheet a million: what a spreadsheet has saved lacks the rest.
   */
  @Test
  void asManyLinesAsASheetHasRowsAreRefused() throws IOException {
    Path file = folder.resolve("A202501.csv");
    byte[] line = SourceText.ascii("202501;11;40\n");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(SourceText.ascii(SourceText.HEADER + "\n"));
      for (int i = 1; i < 1 << 20; i++) {
        out.write(line);
      }
    }
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("1,048,575 lines", "a sheet", "as the producer publishes it");
    Files.write(file, line, StandardOpenOption.APPEND);
    assertThat(read(file).lines()).isEqualTo(1 << 20);
  }

  private static String lines(String text, String pattern, String by) {
    return text.lines()
        .map(line -> line.replaceFirst(pattern, by))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private StrictReading read(String text) throws IOException {
    return read(write("A202501.csv", text));
  }

  private static StrictReading read(Path file) {
    return new StrictReader(MonthlyFile.inspect(file), line -> {}, (lines, onDisk) -> {}).read();
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(UTF_8));
  }
}
