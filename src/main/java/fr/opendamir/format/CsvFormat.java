package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * CSV (RFC 4180): UTF-8 without a byte order mark, a header line even without rows, commas, decimal
 * points, CR LF line endings, quotes only if a cell needs them. A missing value is an empty cell.
 */
public final class CsvFormat implements AnswerFormat {
  /**
   * Without the strict check, Jackson quotes every long cell instead of examining its characters.
   */
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  CsvFormat() {}

  @Override
  public String id() {
    return "csv";
  }

  @Override
  public String mediaType() {
    return "text/csv;charset=UTF-8";
  }

  @Override
  public String description() {
    return "A header line and the rows (RFC 4180)";
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public byte[] write(AnswerTable table, List<Row> rows) {
    return write(table.columns(), rows);
  }

  /** Writes a table that is not an answer to a question, such as a code list. */
  public byte[] write(List<Column> columns, List<Row> rows) {
    return encoder(columns).all(rows);
  }

  @Override
  public RowEncoder encoder(AnswerTable table) {
    return encoder(table.columns());
  }

  private static JacksonEncoder encoder(List<Column> columns) {
    return new JacksonEncoder(bytes -> open(columns, bytes), new JacksonRows(columns)::write);
  }

  private static JsonGenerator open(List<Column> columns, ByteArrayOutputStream bytes)
      throws IOException {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    columns.forEach(column -> schema.addColumn(column.name()));
    JsonGenerator csv = CSV.createGenerator(bytes);
    csv.setSchema(schema.build());
    return csv;
  }
}
