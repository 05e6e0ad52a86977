package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.AnswerDescription.writeStrings;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes an answer as a JSON-stat 2.0 dataset. Its dimensions are the levels of the grouping and,
 * last, {@code measure}; their categories are those of the rows.
 *
 * <p>{@code value} is an object from the number of a cell (see {@link JsonStatCube}) to its figure:
 * null where the row has none, no member where the answer has no row. {@code status} is {@code C}
 * (confidential) for what the display rule withholds.
 */
@ApplicationScoped
class AggregateJsonStat {
  private static final String MEASURE = "measure";
  private static final Label MEASURE_LABEL = new Label("Mesure", "Measure");
  private static final Label CHANGE =
      new Label("Variation de %s à %s : ", "Change from %s to %s: ");

  private final Catalog catalog;

  AggregateJsonStat(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Writes an answer.
   *
   * @throws QuestionException when its cube would be too large
   */
  byte[] write(AggregateResult result) {
    JsonStatCube cube = new JsonStatCube(result);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = AnswerRows.JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeHead(json, result);
      writeShape(json, result.query(), cube);
      writeDimensions(json, result.query(), cube);
      writeValues(json, result, cube);
      writeStatus(json, result, cube);
      writeExtension(json, result);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeHead(JsonGenerator json, AggregateResult result) throws IOException {
    Attribution attribution = Attribution.of(result.release(), result.query().language());
    json.writeStringField("version", "2.0");
    json.writeStringField("class", "dataset");
    json.writeStringField("href", CanonicalQuestion.path(result) + "&format=json-stat");
    json.writeStringField("label", title(result));
    json.writeStringField("source", attribution.source());
    json.writeStringField("updated", attribution.lastUpdate());
  }

  private String title(AggregateResult result) {
    Question query = result.query();
    Language language = query.language();
    String change =
        result
            .base()
            .map(base -> CHANGE.in(language).formatted(base.id(), result.release().id()))
            .orElse("");
    String measures =
        query.measures().stream()
            .map(measure -> catalog.describe(measure).label().in(language))
            .collect(joining(", "));
    String levels =
        query.groupBy().stream()
            .map(level -> catalog.describe(level).label().in(language))
            .collect(joining(", "));
    return change + measures + (levels.isEmpty() ? "" : " – " + levels);
  }

  private static void writeShape(JsonGenerator json, Question query, JsonStatCube cube)
      throws IOException {
    List<Level> levels = query.groupBy();
    writeStrings(
        json, "id", Stream.concat(levels.stream().map(Level::id), Stream.of(MEASURE)).toList());
    json.writeArrayFieldStart("size");
    for (int size : cube.size()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("role");
    writeRole(json, "time", levels, Dimension.MONTH);
    writeRole(json, "geo", levels, Dimension.REGION);
    writeStrings(json, "metric", List.of(MEASURE));
    json.writeEndObject();
  }

  private static void writeRole(
      JsonGenerator json, String role, List<Level> levels, Dimension dimension) throws IOException {
    List<String> ids =
        levels.stream().filter(level -> level.dimension() == dimension).map(Level::id).toList();
    if (!ids.isEmpty()) {
      writeStrings(json, role, ids);
    }
  }

  private void writeDimensions(JsonGenerator json, Question query, JsonStatCube cube)
      throws IOException {
    json.writeObjectFieldStart("dimension");
    for (int i = 0; i < query.groupBy().size(); i++) {
      writeLevel(json, query, query.groupBy().get(i), List.copyOf(cube.codes(i)));
    }
    writeMeasures(json, query);
    json.writeEndObject();
  }

  private void writeLevel(JsonGenerator json, Question query, Level level, List<String> codes)
      throws IOException {
    Language language = query.language();
    json.writeObjectFieldStart(level.id());
    json.writeStringField("label", catalog.describe(level).label().in(language));
    json.writeObjectFieldStart("category");
    writeStrings(json, "index", codes);
    if (query.labels() != LabelStyle.ID) {
      json.writeObjectFieldStart("label");
      for (String code : codes) {
        json.writeStringField(code, catalog.label(level, code).in(language));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeMeasures(JsonGenerator json, Question query) throws IOException {
    json.writeObjectFieldStart(MEASURE);
    json.writeStringField("label", MEASURE_LABEL.in(query.language()));
    json.writeObjectFieldStart("category");
    writeStrings(json, "index", query.measures().stream().map(Measure::id).toList());
    json.writeObjectFieldStart("label");
    for (Measure measure : query.measures()) {
      json.writeStringField(measure.id(), catalog.describe(measure).label().in(query.language()));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("unit");
    for (Measure measure : query.measures()) {
      json.writeObjectFieldStart(measure.id());
      json.writeStringField("label", catalog.describe(measure).unit());
      json.writeNumberField("decimals", measure.decimals());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeValues(JsonGenerator json, AggregateResult result, JsonStatCube cube)
      throws IOException {
    json.writeObjectFieldStart("value");
    for (ResultRow row : result.rows()) {
      for (int i = 0; i < row.values().size(); i++) {
        json.writeFieldName(String.valueOf(cube.cell(row, i)));
        AnswerRows.writeFigure(json, row.values().get(i));
      }
    }
    json.writeEndObject();
  }

  private static void writeStatus(JsonGenerator json, AggregateResult result, JsonStatCube cube)
      throws IOException {
    List<Integer> suppressed = new ArrayList<>();
    for (ResultRow row : result.rows()) {
      for (int i = 0; row.suppressed() && i < row.values().size(); i++) {
        suppressed.add(cube.cell(row, i));
      }
    }
    if (!suppressed.isEmpty()) {
      json.writeObjectFieldStart("status");
      for (int cell : suppressed) {
        json.writeStringField(String.valueOf(cell), "C");
      }
      json.writeEndObject();
    }
  }

  private static void writeExtension(JsonGenerator json, AggregateResult result)
      throws IOException {
    json.writeObjectFieldStart("extension");
    AnswerDescription.writePage(json, result);
    AnswerDescription.writeRelease(json, result);
    AnswerDescription.writeDisclosure(json, result);
    AnswerDescription.writeWarnings(json, result);
    AnswerDescription.writeAttribution(json, result);
    json.writeEndObject();
  }
}
