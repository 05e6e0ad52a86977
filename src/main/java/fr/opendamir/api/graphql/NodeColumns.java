package fr.opendamir.api.graphql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes nodes column by column: what a selection means is found out once for all nodes, and what
 * is said of a code is put together once for all nodes that have it.
 */
final class NodeColumns {
  /** Writes the value of one field of a node. */
  private interface Cell {
    void write(JsonGenerator json, ResultRow row) throws IOException;
  }

  private record Column(SerializedString name, Cell cell) {}

  /** Writes the value of one field of a code. */
  private interface Part {
    void write(JsonGenerator json, String code) throws IOException;
  }

  /** The fields of a code that are selected, by the names they have in the answer. */
  static final class CodeParts {
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, SerializedString> written = new HashMap<>();

    void text(String name, String text) {
      parts.put(name, (json, code) -> json.writeString(text));
    }

    void code(String name) {
      parts.put(name, JsonGenerator::writeString);
    }

    void label(String name, Level level, Language language, Catalog catalog) {
      parts.put(name, (json, code) -> json.writeString(catalog.label(level, code).in(language)));
    }

    private SerializedString write(String code) {
      return written.computeIfAbsent(code, this::object);
    }

    private SerializedString object(String code) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = GraphqlJson.FACTORY.createGenerator(text)) {
        json.writeStartObject();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
          json.writeFieldName(part.getKey());
          part.getValue().write(json, code);
        }
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory cannot fail", e);
      }
      return new SerializedString(text.toString());
    }
  }

  private final AggregateResult result;
  private final List<Column> columns = new ArrayList<>();

  NodeColumns(AggregateResult result) {
    this.result = result;
  }

  void text(String name, String text) {
    add(name, (json, row) -> json.writeString(text));
  }

  void status(String name) {
    add(name, (json, row) -> json.writeString(row.status().name()));
  }

  void comparedStatus(String name) {
    add(name, (json, row) -> json.writeString(row.compared().orElseThrow().name()));
  }

  void period(String name, Level level) {
    int position = result.query().groupBy().indexOf(level);
    add(name, (json, row) -> json.writeString(row.codes().get(position)));
  }

  void code(String name, Level level, CodeParts parts) {
    int position = result.query().groupBy().indexOf(level);
    add(name, (json, row) -> json.writeRawValue(parts.write(row.codes().get(position))));
  }

  void figure(String name, int position) {
    add(
        name,
        (json, row) -> {
          BigDecimal figure = row.values().get(position);
          if (figure == null) {
            json.writeNull();
          } else {
            json.writeNumber(figure);
          }
        });
  }

  /** Writes all nodes as a list. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (ResultRow row : result.rows()) {
      json.writeStartObject();
      for (Column column : columns) {
        json.writeFieldName(column.name());
        column.cell().write(json, row);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void add(String name, Cell cell) {
    columns.add(new Column(new SerializedString(name), cell));
  }
}
