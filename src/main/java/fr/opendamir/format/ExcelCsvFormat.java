package fr.opendamir.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * CSV as spreadsheets with French settings open it by a double click: a byte order mark,
 * semicolons, decimal commas, CR LF. A text that a spreadsheet would evaluate as a formula has an
 * apostrophe before it.
 */
final class ExcelCsvFormat implements AnswerFormat {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String STARTS_OF_FORMULAS = "=+-@\t\r";

  @Override
  public String id() {
    return Formats.CSV.id();
  }

  @Override
  public String selector() {
    return id() + "&dialect=" + Formats.EXCEL_FR;
  }

  @Override
  public String mediaType() {
    return Formats.CSV.mediaType();
  }

  @Override
  public String description() {
    return Formats.CSV.description();
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public JacksonEncoder encoder(AnswerTable table) {
    List<Column> columns = table.columns();
    return new JacksonEncoder(
        bytes -> {
          bytes.writeBytes(String.valueOf(BYTE_ORDER_MARK).getBytes(UTF_8));
          return CsvFormat.open(
              CsvFormat.names(columns), bytes, CsvSchema.builder().setColumnSeparator(';'));
        },
        new JacksonRows(columns, ExcelCsvFormat::text, ExcelCsvFormat::writeFigure)::write);
  }

  private static void writeFigure(JsonGenerator out, BigDecimal figure) throws IOException {
    out.writeString(figure == null ? null : figure.toPlainString().replace('.', ','));
  }

  /** A spreadsheet shows the apostrophe, which is better than to run what the text says. */
  private static String text(String text) {
    return text != null && !text.isEmpty() && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }
}
