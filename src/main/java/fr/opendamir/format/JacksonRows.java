package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes rows with a Jackson generator. The label of a code is resolved and encoded once and then
 * reused, because a large answer has many more rows than codes.
 */
final class JacksonRows {
  /** Writes the figure of a cell, which may be null. */
  interface FigureWriter {
    void write(JsonGenerator out, BigDecimal figure) throws IOException;
  }

  private final UnaryOperator<String> texts;
  private final FigureWriter figures;
  private final List<Cell> cells;

  JacksonRows(List<Column> columns) {
    this(columns, UnaryOperator.identity(), JacksonRows::writeFigure);
  }

  /**
   * Creates a writer of cells of another form.
   *
   * @param texts changes codes and labels; null for null
   */
  JacksonRows(List<Column> columns, UnaryOperator<String> texts, FigureWriter figures) {
    this.texts = texts;
    this.figures = figures;
    this.cells = columns.stream().map(Cell::new).toList();
  }

  /** Writes a row as an object with one member per column. */
  void write(JsonGenerator out, Row row) throws IOException {
    out.writeStartObject();
    for (Cell cell : cells) {
      out.writeFieldName(cell.name);
      cell.write(out, row);
    }
    out.writeEndObject();
  }

  /** Writes a number, or null. */
  static void writeFigure(JsonGenerator out, BigDecimal figure) throws IOException {
    if (figure == null) {
      out.writeNull();
    } else {
      out.writeNumber(figure);
    }
  }

  /** Writes the cells of a column. */
  private final class Cell {
    private final SerializedString name;
    private final Column column;
    private final ColumnType type;
    private final int position;
    private final Map<String, SerializableString> labels = new HashMap<>();

    Cell(Column column) {
      this.name = new SerializedString(column.name());
      this.column = column;
      this.type = column.type();
      this.position = column.position();
    }

    void write(JsonGenerator out, Row row) throws IOException {
      switch (type) {
        case CODE, PERIOD -> out.writeString(texts.apply(row.codes().get(position)));
        case LABEL -> writeLabel(out, row.codes().get(position));
        case MONEY, COUNT, RATIO -> figures.write(out, row.figures().get(position));
        case STATUS -> out.writeString(row.statusId(column));
      }
    }

    private void writeLabel(JsonGenerator out, String code) throws IOException {
      SerializableString known = labels.get(code);
      if (known != null) {
        out.writeString(known);
        return;
      }
      String label = texts.apply(column.label().apply(code));
      out.writeString(label);
      // Generators escape surrogates but SerializedString does not; all rows must have the same
      // form.
      if (label.chars().noneMatch(letter -> Character.isSurrogate((char) letter))) {
        labels.put(code, new SerializedString(label));
      }
    }
  }
}
