package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.Question;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes the rows of an answer as CSV (RFC 4180): UTF-8 without a byte order mark, a header line
 * even where there are no rows, commas, decimal points, lines ended by CR LF, quotes only where a
 * cell needs them. A value that does not exist is an empty cell.
 */
@ApplicationScoped
class AggregateCsv {
  /** Without the strict check every long cell would be quoted, to save looking at its letters. */
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  private final Catalog catalog;

  AggregateCsv(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(AggregateResult result) {
    return encoder(result.query()).all(result.rows());
  }

  /** Writes the rows of an answer to a question some at a time. */
  RowEncoder encoder(Question query) {
    AnswerRows rows = new AnswerRows(catalog, query);
    return new RowEncoder(rows, bytes -> open(rows, bytes), "");
  }

  private static JsonGenerator open(AnswerRows rows, ByteArrayOutputStream bytes)
      throws IOException {
    JsonGenerator csv = CSV.createGenerator(bytes);
    csv.setSchema(schema(rows));
    return csv;
  }

  private static CsvSchema schema(AnswerRows rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    rows.names().forEach(schema::addColumn);
    return schema.build();
  }
}
