package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of an answer, the same in every format that has rows: for each level of the grouping
 * its code and its label (either or both, by label style), then the measures, then {@code status}.
 */
final class AnswerRows {
  /** Writes decimals digit by digit, and values that follow one another on lines of their own. */
  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator("\n")
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /** Writes the value of one column of a row. */
  private interface Cell {
    void write(JsonGenerator out, ResultRow row) throws IOException;
  }

  private record Column(String name, Cell cell) {}

  private final List<Column> columns = new ArrayList<>();

  AnswerRows(Catalog catalog, Question query) {
    for (int i = 0; i < query.groupBy().size(); i++) {
      addLevel(i, query, catalog);
    }
    for (int i = 0; i < query.measures().size(); i++) {
      int position = i;
      add(query.measures().get(i).id(), (out, row) -> writeFigure(out, row.values().get(position)));
    }
    add("status", (out, row) -> out.writeString(row.suppressed() ? "suppressed" : "ok"));
  }

  /** The names of the columns, in order. */
  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Writes a row as an object with the columns as members. */
  void write(JsonGenerator out, ResultRow row) throws IOException {
    out.writeStartObject();
    for (Column column : columns) {
      out.writeFieldName(column.name());
      column.cell().write(out, row);
    }
    out.writeEndObject();
  }

  /** Writes a number, or null where there is none. */
  static void writeFigure(JsonGenerator out, BigDecimal figure) throws IOException {
    if (figure == null) {
      out.writeNull();
    } else {
      out.writeNumber(figure);
    }
  }

  private void addLevel(int position, Question query, Catalog catalog) {
    Level level = query.groupBy().get(position);
    Language language = query.language();
    if (query.labels() != LabelStyle.NAME) {
      add(level.id(), (out, row) -> out.writeString(row.codes().get(position)));
    }
    if (query.labels() != LabelStyle.ID) {
      add(
          level.id() + "_label",
          (out, row) ->
              out.writeString(catalog.label(level, row.codes().get(position)).in(language)));
    }
  }

  private void add(String name, Cell cell) {
    columns.add(new Column(name, cell));
  }
}
