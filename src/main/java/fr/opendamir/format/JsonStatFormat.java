package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JSON-stat 2.0 dataset. Its dimensions are the axes of the table and, last, {@code measure};
 * their categories are the codes of the rows.
 *
 * <p>{@code value} is an object that maps the number of a cell (see {@link Cube}) to its figure:
 * null if the row has no value, no member if the answer has no such row, which {@code note}
 * explains. {@code status} is {@code C} (confidential) for figures that the display rule
 * suppresses, {@code M} (missing) for rates without a denominator, {@code L} for a period that is
 * not published, {@code O} for a period without figures and {@code I} (imputed) for the zeros that
 * fill it, {@code P} (provisional) for figures of periods of care that will receive more.
 */
final class JsonStatFormat implements AnswerFormat {
  private static final int UNKNOWN = -1;
  private static final String MEASURE = "measure";

  @Override
  public String id() {
    return "json-stat";
  }

  /** A separate type distinguishes it from the service's own JSON. */
  @Override
  public String mediaType() {
    return "application/vnd.json-stat+json";
  }

  @Override
  public String fileExtension() {
    return "json-stat.json";
  }

  @Override
  public String description() {
    return "A dataset of JSON-stat 2.0";
  }

  @Override
  public byte[] write(AnswerTable table, List<Row> rows) {
    AnswerDescription description = table.description().orElseThrow();
    Cube cube = new Cube(table, rows);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JsonText.open(bytes)) {
      json.writeStartObject();
      json.writeStringField("version", "2.0");
      json.writeStringField("class", "dataset");
      json.writeStringField("href", description.links().self() + "&format=" + id());
      json.writeStringField("label", description.title());
      json.writeStringField("source", description.attribution().source());
      json.writeStringField("updated", description.attribution().lastUpdate());
      if (!cube.isFull(rows)) {
        json.writeObjectField("note", List.of(description.absentRows()));
      }
      writeShape(json, table, cube);
      writeDimensions(json, table, description, cube);
      writeValues(json, rows, cube);
      writeStatus(json, table, rows, cube);
      writeExtension(json, description);
      json.writeEndObject();
    } catch (IOException e) {
      throw JacksonEncoder.cannotFail(e);
    }
    return bytes.toByteArray();
  }

  private static void writeShape(JsonGenerator json, AnswerTable table, Cube cube)
      throws IOException {
    Stream<String> axes = table.axes().stream().map(Axis::id);
    json.writeObjectField("id", Stream.concat(axes, Stream.of(MEASURE)).toList());
    json.writeObjectField("size", cube.size());
    json.writeObjectFieldStart("role");
    writeRole(json, "time", table, Axis.Role.TIME);
    writeRole(json, "geo", table, Axis.Role.PLACE);
    json.writeObjectField("metric", List.of(MEASURE));
    json.writeEndObject();
  }

  private static void writeRole(JsonGenerator json, String name, AnswerTable table, Axis.Role role)
      throws IOException {
    List<String> ids =
        table.axes().stream().filter(axis -> axis.role() == role).map(Axis::id).toList();
    if (!ids.isEmpty()) {
      json.writeObjectField(name, ids);
    }
  }

  private static void writeDimensions(
      JsonGenerator json, AnswerTable table, AnswerDescription description, Cube cube)
      throws IOException {
    json.writeObjectFieldStart("dimension");
    for (int i = 0; i < table.axes().size(); i++) {
      writeAxis(json, table.axes().get(i), cube.codes(i));
    }
    writeMeasures(json, description.measures(), table.figures());
    json.writeEndObject();
  }

  private static void writeAxis(JsonGenerator json, Axis axis, Collection<String> codes)
      throws IOException {
    json.writeObjectFieldStart(axis.id());
    json.writeStringField("label", axis.title());
    json.writeObjectFieldStart("category");
    json.writeObjectField("index", codes);
    if (axis.labels().isPresent()) {
      json.writeObjectFieldStart("label");
      for (String code : codes) {
        json.writeStringField(code, axis.labels().get().apply(code));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeMeasures(JsonGenerator json, String title, List<Figure> figures)
      throws IOException {
    json.writeObjectFieldStart(MEASURE);
    json.writeStringField("label", title);
    json.writeObjectFieldStart("category");
    json.writeObjectField("index", figures.stream().map(Figure::id).toList());
    json.writeObjectFieldStart("label");
    for (Figure figure : figures) {
      json.writeStringField(figure.id(), figure.title());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("unit");
    for (Figure figure : figures) {
      json.writeObjectFieldStart(figure.id());
      json.writeStringField("label", figure.unit());
      json.writeNumberField("decimals", figure.decimals());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeValues(JsonGenerator json, List<Row> rows, Cube cube)
      throws IOException {
    json.writeObjectFieldStart("value");
    for (Row row : rows) {
      int first = cube.firstCell(row);
      for (int i = 0; i < row.figures().size(); i++) {
        json.writeFieldName(String.valueOf(first + i));
        JacksonRows.writeFigure(json, row.figures().get(i));
      }
    }
    json.writeEndObject();
  }

  private static void writeStatus(JsonGenerator json, AnswerTable table, List<Row> rows, Cube cube)
      throws IOException {
    Map<String, String> marks = new LinkedHashMap<>();
    for (Row row : rows) {
      int first = UNKNOWN; // most rows have no marks
      for (int i = 0; i < row.figures().size(); i++) {
        Optional<String> mark = row.mark(i, table.figures().get(i));
        if (mark.isPresent()) {
          first = first == UNKNOWN ? cube.firstCell(row) : first;
          marks.put(String.valueOf(first + i), mark.get());
        }
      }
    }
    if (!marks.isEmpty()) {
      json.writeObjectField("status", marks);
    }
  }

  private static void writeExtension(JsonGenerator json, AnswerDescription description)
      throws IOException {
    json.writeObjectFieldStart("extension");
    json.writeObjectField("page", description.page());
    JsonText.writeRelease(json, description);
    JsonText.writeMore(json, description);
    json.writeObjectField("warnings", description.warnings());
    json.writeObjectField("attribution", description.attribution());
    json.writeEndObject();
  }
}
