package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.RowStatus;
import fr.opendamir.question.Question;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import fr.opendamir.testing.Workbooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxFormatTest {
  private static final List<Figure> FIGURES =
      List.of(
          new Figure(
              "charged",
              "Charged",
              ColumnType.MONEY,
              "EUR",
              2,
              Figure.Side.ASKED,
              "What was billed."),
          new Figure("quantity", "Acts", ColumnType.COUNT, "acts", 0),
          new Figure("rate", "Rate", ColumnType.RATIO, "ratio", 6));
  private static final AnswerTable TABLE =
      Tables.of(
          "en",
          List.of(Tables.axis("region", Axis.Role.PLACE), Tables.axis("month", Axis.Role.TIME)),
          FIGURES);

  @Test
  void codesAreTextsAmountsNumbersAndPeriodsDates() throws IOException {
    try (XSSFWorkbook workbook =
        written(
            row(List.of("05", "2024-02"), "-1234567.80", "42", "0.750000"),
            new Row(List.of("ND", "ND"), nulls(), RowStatus.SUPPRESSED))) {
      XSSFSheet data = workbook.getSheet("Data");

      assertThat(data.getRow(1).getCell(0).getStringCellValue()).isEqualTo("05");
      Cell month = data.getRow(1).getCell(2);
      assertThat(month.getLocalDateTimeCellValue()).isEqualTo("2024-02-01T00:00:00");
      assertThat(month.getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm");
      Cell charged = data.getRow(1).getCell(4);
      assertThat(charged.getNumericCellValue()).isEqualTo(-1234567.80);
      assertThat(charged.getCellStyle().getDataFormatString()).isEqualTo("#,##0.00");
      assertThat(data.getRow(1).getCell(6).getNumericCellValue()).isEqualTo(0.75);
      assertThat(data.getRow(2).getCell(2).getStringCellValue()).isEqualTo("ND");
      assertThat(data.getRow(2).getCell(4)).isNull();
      assertThat(data.getRow(2).getCell(7).getStringCellValue()).isEqualTo("suppressed");
    }
  }

  @Test
  void theHeaderIsFrozenAndFiltersAllRows() throws IOException {
    try (XSSFWorkbook workbook = written(row(List.of("11", "2024-02"), "1.00", "1", "1"))) {
      XSSFSheet data = workbook.getSheet("Data");

      assertThat(data.getPaneInformation().isFreezePane()).isTrue();
      assertThat(data.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      assertThat(data.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:H2");
      assertThat(data.getNumMergedRegions()).isZero();
      assertThat(texts(data, 0))
          .containsExactly(
              "region",
              "region_label",
              "month",
              "month_label",
              "charged",
              "quantity",
              "rate",
              "status");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "<b>&'\"", "é\u0001", "𝄞", "_x0041_"})
  void noTextIsAFormula(String hostile) throws IOException {
    try (XSSFWorkbook workbook = written(row(List.of(hostile, "_T"), "1.00", "1", "1"))) {
      Cell code = workbook.getSheet("Data").getRow(1).getCell(0);

      assertThat(code.getCellType()).isEqualTo(CellType.STRING);
      assertThat(code.getStringCellValue()).isEqualTo(hostile.replace("\u0001", ""));
      assertThat(texts(workbook.getSheet("Codes"), 1))
          .containsExactly(
              "region",
              hostile.replace("\u0001", ""),
              ("libellé de " + hostile).replace("\u0001", ""),
              ("label of " + hostile).replace("\u0001", ""));
    }
  }

  @Test
  void periodsOfEveryLevelAreDatesOfTheirFirstDay() {
    AnswerTable table =
        Tables.of(
            "fr",
            List.of(Tables.axis("quarter", Axis.Role.TIME), Tables.axis("year", Axis.Role.TIME)),
            List.of());
    List<Map<String, String>> rows =
        Workbooks.rows(
            new XlsxFormat()
                .write(
                    table,
                    List.of(
                        new Row(List.of("2024-Q4", "2024"), List.of(), false),
                        new Row(List.of("_T", "ND"), List.of(), false))));

    assertThat(rows.get(0))
        .containsEntry("quarter", "2024-10-01")
        .containsEntry("year", "2024-01-01");
    assertThat(rows.get(1)).containsEntry("quarter", "_T").containsEntry("year", "ND");
  }

  @Test
  void aNumberOfMoreDigitsThanSpreadsheetsKeepIsAText() throws IOException {
    try (XSSFWorkbook workbook =
        written(
            row(List.of("11", "2024-02"), "92233720368547758.07", "1", "1"),
            row(List.of("11", "2024-03"), "1234567890123.45", "1E+3", "1"))) {
      XSSFSheet data = workbook.getSheet("Data");

      assertThat(data.getRow(1).getCell(4).getStringCellValue()).isEqualTo("92233720368547758.07");
      assertThat(data.getRow(2).getCell(4).getNumericCellValue()).isEqualTo(1234567890123.45);
      assertThat(data.getRow(2).getCell(5).getNumericCellValue()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "en"})
  void aSheetSaysWhatTheAnswerIs(String language) throws IOException {
    boolean isFrench = language.equals("fr");
    AnswerTable table = Tables.of(language, TABLE.axes(), TABLE.figures());
    try (XSSFWorkbook workbook = Workbooks.open(new XlsxFormat().write(table, List.of()))) {
      XSSFSheet about = workbook.getSheetAt(0);
      List<List<String>> lines = new ArrayList<>();
      about.forEach(line -> lines.add(texts(about, line.getRowNum())));

      assertThat(about.getSheetName()).isEqualTo(isFrench ? "Lisez-moi" : "Read me");
      assertThat(workbook.getSheetName(1)).isEqualTo(isFrench ? "Données" : "Data");
      assertThat(workbook.getSheetName(2)).isEqualTo("Codes");
      assertThat(lines)
          .contains(
              List.of(isFrench ? "Version" : "Release", "2024-04-02.1"),
              List.of(isFrench ? "Mois" : "Months", "2024-01, 2024-02"),
              List.of(isFrench ? "Avertissement" : "Warning", "Good to know."),
              List.of((isFrench ? "Part ND : " : "Share ND: ") + "region, charged", "0.0002"),
              List.of("rates.coverage.charged_per_person", "0.98"),
              List.of("Licence", "Licence Ouverte"),
              List.of("charged", "Charged (EUR) : What was billed."));
    }
  }

  @Test
  void rowsMayComeInBatchesOfAnySize() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      rows.add(row(List.of("r" + i, "2024-01"), i + ".50", "" + i, "0." + i));
    }
    List<Map<String, String>> expected = Workbooks.rows(new XlsxFormat().write(TABLE, rows));

    for (int size : new int[] {1, 7, 25}) {
      XlsxEncoder encoder = new XlsxFormat().encoder(TABLE);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int from = 0; from < rows.size(); from += size) {
        stream.writeBytes(encoder.write(rows.subList(from, Math.min(rows.size(), from + size))));
      }
      stream.writeBytes(encoder.end());
      assertThat(Workbooks.rows(stream.toByteArray())).isEqualTo(expected).hasSize(25);
    }
  }

  @Test
  void everyAnswerFitsOnASheet() {
    assertThat(Question.ALL_ROWS).isLessThanOrEqualTo(XlsxFormat.MOST_ROWS);
  }

  private static XSSFWorkbook written(Row... rows) {
    return Workbooks.open(new XlsxFormat().write(TABLE, List.of(rows)));
  }

  private static Row row(List<String> codes, String... figures) {
    return new Row(codes, Arrays.stream(figures).map(BigDecimal::new).toList(), false);
  }

  private static List<BigDecimal> nulls() {
    return Arrays.asList(null, null, null);
  }

  private static List<String> texts(XSSFSheet sheet, int line) {
    List<String> texts = new ArrayList<>();
    sheet.getRow(line).forEach(cell -> texts.add(cell.getStringCellValue()));
    return texts;
  }
}
