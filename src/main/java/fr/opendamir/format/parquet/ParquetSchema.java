package fr.opendamir.format.parquet;

import static java.util.stream.Collectors.joining;

import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns and metadata of a file, as SQL. A table with columns of periods has one more column,
 * {@value #PERIOD_START}: the first day of the finest period of a row.
 */
final class ParquetSchema {
  static final String PERIOD_START = "period_start";

  private ParquetSchema() {}

  /** The definitions of the columns. */
  static String columns(AnswerTable table) {
    String columns =
        table.columns().stream()
            .map(column -> name(column.name()) + " " + type(column.type()))
            .collect(joining(", "));
    return periods(table).isEmpty() ? columns : columns + ", " + name(PERIOD_START) + " DATE";
  }

  /** The columns of periods. */
  static List<Column> periods(AnswerTable table) {
    return table.columns().stream().filter(column -> column.type() == ColumnType.PERIOD).toList();
  }

  private static String type(ColumnType type) {
    return switch (type) {
      case CODE, PERIOD, LABEL, STATUS -> "VARCHAR";
      case MONEY -> "DECIMAL(18,2)";
      case COUNT -> "BIGINT";
      case RATIO -> "DOUBLE";
    };
  }

  /** What belongs to the answer as a whole, as a struct of texts. */
  static String metadata(AnswerTable table) {
    Map<String, String> metadata = new LinkedHashMap<>();
    table.description().ifPresent(description -> put(metadata, description));
    for (Figure figure : table.figures()) {
      put(metadata, "unit." + figure.id(), figure.unit());
    }
    return metadata.entrySet().stream()
        .map(one -> name(one.getKey()) + ": " + text(one.getValue()))
        .collect(joining(", ", "{", "}"));
  }

  private static void put(Map<String, String> metadata, AnswerDescription description) {
    put(metadata, "title", description.title());
    put(metadata, "question", description.links().self());
    if (description.release() != null) {
      put(metadata, "release", description.release().id());
      put(metadata, "published_at", description.release().publishedAt());
      put(metadata, "synthetic", description.release().synthetic());
    }
    description.base().ifPresent(base -> put(metadata, "subtracted_release", base.id()));
    put(metadata, "months", description.query().get("months"));
    put(metadata, "", description.more());
    if (description.disclosure() != null) {
      put(metadata, "disclosure_policy", description.disclosure().policy());
      put(metadata, "not_disclosed", description.disclosure().notDisclosed());
    }
    put(metadata, "warnings", String.join("\n", description.warnings()));
    put(metadata, "source", description.attribution().source());
    put(metadata, "licence", description.attribution().licence());
    put(metadata, "last_update", description.attribution().lastUpdate());
  }

  private static void put(Map<String, String> metadata, String name, Object value) {
    metadata.putAll(AnswerDescription.texts(name, value));
  }

  private static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as SQL; a NUL would end the statement. */
  static String text(String text) {
    return "'" + text.replace("\u0000", "").replace("'", "''") + "'";
  }
}
