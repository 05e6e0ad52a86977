package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * CSV (RFC 4180): UTF-8 without a byte order mark, a header line even without rows, commas, decimal
 * points, CR LF line endings, quotes only if a cell needs them. A missing value is an empty cell.
 */
final class CsvFormat implements AnswerFormat {
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
  public JacksonEncoder encoder(AnswerTable table) {
    List<Column> columns = table.columns();
    return new JacksonEncoder(
        bytes -> open(names(columns), bytes, CsvSchema.builder()), new JacksonRows(columns)::write);
  }

  /** The names of columns, as the header line has them. */
  static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * Opens a generator of lines that end with CR LF, after a header line.
   *
   * @param schema what differs between dialects
   */
  static JsonGenerator open(
      List<String> header, ByteArrayOutputStream bytes, CsvSchema.Builder schema)
      throws IOException {
    schema.setUseHeader(true).setLineSeparator("\r\n");
    header.forEach(schema::addColumn);
    JsonGenerator csv = CSV.createGenerator(bytes);
    csv.setSchema(schema.build());
    return csv;
  }
}
