package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.catalog.RowStatus;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import fr.opendamir.testing.LibreOffice;
import fr.opendamir.testing.Workbooks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks with texts that a spreadsheet might take for something else. */
class XlsxLibreOfficeTest {
  private static final List<String> HOSTILE =
      List.of(
          "=1+1",
          "=HYPERLINK(\"http://a\")",
          "+33",
          "-1",
          "@SUM(A1)",
          "\t=1",
          "'05",
          "05",
          "1e5",
          "1/2",
          "22.5",
          "22,5",
          "2024-01-01",
          "TRUE",
          "#REF!",
          " a  b ",
          "a\nb",
          "a;\"b\",c",
          "<b>&'\"</b>",
          "Île",
          "𝄞",
          "ND",
          "_x0041_",
          "_T");

  @TempDir Path folder;

  @Test
  void textsStayTextsAndNumbersNumbers() throws Exception {
    assumeThat(LibreOffice.isInstalled()).as("soffice is on the path").isTrue();
    AnswerTable table =
        Tables.of(
            "en",
            List.of(Tables.axis("region", Axis.Role.PLACE), Tables.axis("month", Axis.Role.TIME)),
            List.of(
                new Figure("charged", "Charged", ColumnType.MONEY, "EUR", 2),
                new Figure("quantity", "Acts", ColumnType.COUNT, "acts", 0),
                new Figure("rate", "Rate", ColumnType.RATIO, "ratio", 6)));
    List<Row> rows = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (String text : HOSTILE) {
      rows.add(
          new Row(
              List.of(text, "2024-02"),
              List.of(
                  new BigDecimal("-1234567.80"),
                  new BigDecimal("42000"),
                  new BigDecimal("0.333333")),
              false));
      expected.add(
          List.of(
              text,
              "label of " + text,
              "2024-02",
              "label of 2024-02",
              "-1,234,567.80",
              "42,000",
              "0.333333",
              "ok"));
    }
    rows.add(
        new Row(
            List.of("11", "_T"),
            List.of(
                new BigDecimal("1234567890123.45"), new BigDecimal("0"), new BigDecimal("1E-6")),
            false));
    expected.add(
        List.of(
            "11",
            "label of 11",
            "_T",
            "label of _T",
            "1,234,567,890,123.45",
            "0",
            "0.000001",
            "ok"));
    rows.add(new Row(List.of("11", "ND"), Arrays.asList(null, null, null), RowStatus.SUPPRESSED));
    expected.add(List.of("11", "label of 11", "ND", "label of ND", "", "", "", "suppressed"));
    byte[] workbook = new XlsxFormat().write(table, rows);

    LibreOffice office = new LibreOffice(folder, Locale.US);
    List<List<String>> shown = office.shown("Data", List.of(workbook)).get(0);
    assertThat(shown.subList(1, shown.size())).isEqualTo(expected);
    assertThat(Workbooks.sheets(office.saved(List.of(workbook)).get(0)))
        .isEqualTo(Workbooks.sheets(workbook));
  }
}
