package fr.opendamir.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads files of answers back: rows by the name of the column, in the order of the file. Cells are
 * texts as JSON has them, empty where a value is missing.
 */
final class AnswerFiles {
  private static final String EXCEL = "csv&dialect=excel-fr";

  /** Formats of a line or row for each row of the answer. */
  static final List<String> FORMATS = List.of("csv", EXCEL, "ndjson", "xlsx", "parquet");

  /** Formats that keep the value of a figure, and not the zeros at its end. */
  private static final Set<String> NUMERIC = Set.of("xlsx", "parquet");

  private static final Set<String> PERIODS = Set.of("month", "quarter", "year");

  private AnswerFiles() {}

  /** The rows of a JSON answer. */
  static List<Map<String, String>> json(JsonNode rows) {
    List<Map<String, String>> read = new ArrayList<>();
    rows.forEach(row -> read.add(row(row)));
    return read;
  }

  private static Map<String, String> row(JsonNode row) {
    Map<String, String> cells = new LinkedHashMap<>();
    row.properties().forEach(cell -> cells.put(cell.getKey(), text(cell.getValue())));
    return cells;
  }

  private static String text(JsonNode cell) {
    if (cell.isNumber()) {
      return cell.decimalValue().toPlainString();
    }
    return cell.isNull() ? "" : cell.textValue();
  }

  /**
   * The rows of a file.
   *
   * @param figures names of the columns of figures
   */
  static List<Map<String, String>> read(String format, byte[] file, Set<String> figures) {
    return switch (format) {
      case "csv" -> csv(text(file));
      case EXCEL -> excel(text(file), figures);
      case "ndjson" -> text(file).lines().map(line -> row(FigureReader.json(line))).toList();
      case "xlsx" -> workbook(file, figures);
      case "parquet" -> plain(ParquetRows.rows(file), figures);
      default -> throw new IllegalArgumentException(format);
    };
  }

  /** Rows as a format keeps them. */
  static List<Map<String, String>> asIn(
      String format, List<Map<String, String>> rows, Set<String> figures) {
    return NUMERIC.contains(format) ? plain(rows, figures) : rows;
  }

  /** The lines of a CSV file. */
  static List<Map<String, String>> csv(String text) {
    return csv(text, CsvSchema.emptySchema().withHeader());
  }

  /** The lines of a CSV file of another form. */
  static List<Map<String, String>> csv(String text, CsvSchema schema) {
    try {
      return new CsvMapper()
          .readerForMapOf(String.class)
          .with(schema)
          .<Map<String, String>>readValues(text)
          .readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("not CSV: " + text, e);
    }
  }

  private static List<Map<String, String>> excel(String text, Set<String> figures) {
    List<Map<String, String>> rows =
        csv(text.substring(1), CsvSchema.emptySchema().withHeader().withColumnSeparator(';'));
    rows.forEach(
        row ->
            row.replaceAll((name, cell) -> figures.contains(name) ? cell.replace(',', '.') : cell));
    return rows;
  }

  private static List<Map<String, String>> workbook(byte[] file, Set<String> figures) {
    List<Map<String, String>> rows = plain(Workbooks.rows(file), figures);
    rows.forEach(
        row ->
            row.replaceAll(
                (name, cell) -> PERIODS.contains(name) ? Workbooks.period(name, cell) : cell));
    return rows;
  }

  /** The same rows with figures without zeros at their end. */
  private static List<Map<String, String>> plain(
      List<Map<String, String>> rows, Set<String> figures) {
    List<Map<String, String>> plain = new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> cells = new LinkedHashMap<>(row);
      cells.replaceAll(
          (name, cell) ->
              figures.contains(name) && !cell.isEmpty()
                  ? new BigDecimal(cell).stripTrailingZeros().toPlainString()
                  : cell);
      plain.add(cells);
    }
    return plain;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }
}
