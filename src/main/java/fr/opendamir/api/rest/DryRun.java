package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.QuestionPlan;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Answers a dry run: the rows to scan, by source, and the maximum rows, cells and units of the
 * page.
 */
final class DryRun {
  private DryRun() {}

  /**
   * Writes the answer.
   *
   * @param cached whether the answer itself is cached
   * @param warnings about the months of the question
   */
  static Response answer(BoundQuestion question, boolean cached, List<String> warnings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeBooleanField("dry_run", true);
      json.writeBooleanField("cached", cached);
      json.writeNumberField("max_rows", question.maxRows());
      json.writeNumberField("max_cells", question.maxCells());
      json.writeNumberField("max_units", question.maxUnits());
      json.writeNumberField("scanned_rows", question.plan().scannedRows());
      json.writeStringField("engine", question.plan().isOfRollups() ? "rollups" : "columns");
      writeSources(json, question.plan());
      json.writeStringField("release", question.release().id());
      json.writeNumberField("months", question.months().size());
      json.writeArrayFieldStart("warnings");
      for (String warning : warnings) {
        json.writeString(warning);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("links");
      json.writeStringField("answer", CanonicalQuestion.path(question.query()));
      json.writeStringField("documentation", "/openapi");
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Response.ok(bytes.toByteArray())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static void writeSources(JsonGenerator json, QuestionPlan plan) throws IOException {
    json.writeArrayFieldStart("sources");
    for (QuestionPlan.Source source : plan.sources()) {
      json.writeStartObject();
      json.writeStringField("rollup", source.grouping().map(Grouping::id).orElse(null));
      json.writeNumberField("imports", source.imports().size());
      json.writeNumberField("rows", source.rows());
      if (plan.compared().isPresent()) {
        json.writeBooleanField("compared", source.isCompared());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
