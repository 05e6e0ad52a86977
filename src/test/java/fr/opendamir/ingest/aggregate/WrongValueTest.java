package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A value that cannot be right stops the import, and the message says where it is. */
class WrongValueTest {
  static final List<String> MEASURES = RawText.MEASURE_COLUMNS;

  @TempDir Path folder;

  /** Measures that are not summed too: a shift of columns shows there first. */
  @ParameterizedTest
  @FieldSource("MEASURES")
  void lettersInAnyMeasureAreRefused(String column) throws IOException {
    assertRefused(column, "12abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLT_PAI_MNT | 4.405",
        "FLT_REM_MNT | 4.40001",
        "PRS_REM_BSE | 4.4000001",
        "PRS_PAI_MNT | 4.405",
        "PRS_DEP_MNT | 0.001",
        "FLT_ACT_COG | 1.234",
        "FLT_DEP_MNT | 4,40",
        "PRS_REM_MNT | 1 234.50",
        "PRS_PAI_MNT | 1,234.50",
        "FLT_PAI_MNT | 1e2",
        "FLT_PAI_MNT | 1_000",
        "FLT_PAI_MNT | +5",
        "FLT_PAI_MNT | 4.4.0",
        "FLT_PAI_MNT | --4",
        "FLT_PAI_MNT | -",
        "FLT_PAI_MNT | .",
        "FLT_PAI_MNT | NaN",
        "FLT_PAI_MNT | 99999999999999999999",
        "FLT_ACT_QTE | 1.5",
        "FLT_ACT_QTE | 1.00001",
        "FLT_ACT_QTE | 1e1",
        "FLT_ACT_NBR | 0.5",
        "PRS_ACT_QTE | 1.5",
        "PRS_ACT_NBR | 1.5",
      })
  void whatIsNotAPlainNumberIsRefused(String column, String value) throws IOException {
    assertRefused(column, value);
  }

  @Test
  void spaceBesideANumberIsRefused() throws IOException {
    assertRefused("FLT_PAI_MNT", " 5");
  }

  @ParameterizedTest
  @CsvSource({"202513", "202500", "2025", "ABCDEF", "202501.0", "''"})
  void processingMonthThatIsNoMonthIsRefused(String value) throws IOException {
    assertRefused("FLX_ANN_MOI", value);
  }

  @Test
  void twoMonthsInOneFileAreRefused() throws IOException {
    assertRefused("FLX_ANN_MOI", "202502");
  }

  @Test
  void oneFieldTooManyIsRefused() throws IOException {
    RawText text = new RawText().lines(12);
    Path file = text.raw(text.lines().get(0) + ";").writeTo(folder);

    assertRefused(file, "line 14", "58", "57");
  }

  @Test
  void valueAfterTheLastSeparatorIsRefused() throws IOException {
    RawText text = new RawText().lines(12);
    Path file = text.raw(text.lines().get(0) + "7").writeTo(folder);

    assertRefused(file, "line 14", "after the last ';'");
  }

  /** Far into the file, where a reader works in parallel and in blocks. */
  @Test
  void lineNumberIsRightFarIntoTheFile() throws IOException {
    Path file =
        new RawText()
            .lines(20_000)
            .line("FLT_REM_MNT", "x")
            .lines(5)
            .writeTo(folder, "A202501.csv.gz");

    assertRefused(file, "line 20002", "FLT_REM_MNT", "\"x\"");
  }

  /** A word among the codes makes the file be read twice; the wrong amount is still found. */
  @Test
  void wrongAmountIsFoundBesideALetterCode() throws IOException {
    Path file = new RawText().acts(12, "A12").line("FLT_PAI_MNT", "n/a").writeTo(folder);

    assertRefused(file, "line 3", "FLT_PAI_MNT", "n/a");
  }

  @Test
  void firstOfSeveralWrongLinesIsNamed() throws IOException {
    Path file =
        new RawText()
            .line()
            .line("FLT_PAI_MNT", "first")
            .line("PRS_REM_BSE", "second")
            .writeTo(folder);

    assertRefused(file, "line 3", "first");
  }

  private void assertRefused(String column, String value) throws IOException {
    Path file = new RawText().lines(3).line(column, value).lines(2).writeTo(folder);

    assertRefused(file, "line 5", column, value);
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageStartingWith(file.getFileName().toString())
        .hasMessageContainingAll(parts);
  }
}
