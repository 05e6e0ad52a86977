package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes the rows of an answer as lines of JSON: each the object that the JSON answer has for it,
 * ended by LF. Nothing at all where there are no rows.
 */
@ApplicationScoped
class AggregateNdjson {
  private final Catalog catalog;

  AggregateNdjson(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(AggregateResult result) {
    AnswerRows rows = new AnswerRows(catalog, result.query());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = AnswerRows.JSON.createGenerator(bytes)) {
      for (ResultRow row : result.rows()) {
        rows.write(json, row);
      }
      if (!result.rows().isEmpty()) {
        json.writeRaw('\n'); // the generator separates the objects, it does not end the last
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
