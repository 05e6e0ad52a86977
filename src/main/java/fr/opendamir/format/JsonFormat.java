package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** JSON: the rows and the metadata of the answer. */
final class JsonFormat implements AnswerFormat {
  @Override
  public String id() {
    return "json";
  }

  @Override
  public String mediaType() {
    return "application/json";
  }

  /** Browsers request {@code text/html}; they get JSON. */
  @Override
  public List<String> otherMediaTypes() {
    return List.of("text/html");
  }

  @Override
  public String description() {
    return "Rows, and what belongs to the answer as a whole";
  }

  @Override
  public byte[] write(AnswerTable table, List<Row> rows) {
    AnswerDescription description = table.description().orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JsonText.open(bytes)) {
      json.writeStartObject();
      writeRows(json, table, rows);
      json.writeObjectField("page", description.page());
      json.writeObjectField("query", description.query());
      JsonText.writeRelease(json, description);
      JsonText.writeMore(json, description);
      json.writeObjectField("warnings", description.warnings());
      json.writeObjectFieldStart("units");
      for (Figure figure : table.figures()) {
        json.writeStringField(figure.id(), figure.unit());
      }
      json.writeEndObject();
      json.writeObjectField("attribution", description.attribution());
      json.writeObjectField("links", description.links());
      json.writeEndObject();
    } catch (IOException e) {
      throw JacksonEncoder.cannotFail(e);
    }
    return bytes.toByteArray();
  }

  private static void writeRows(JsonGenerator json, AnswerTable table, List<Row> rows)
      throws IOException {
    JacksonRows objects = new JacksonRows(table.columns());
    json.writeArrayFieldStart("data");
    for (Row row : rows) {
      objects.write(json, row);
    }
    json.writeEndArray();
  }
}
