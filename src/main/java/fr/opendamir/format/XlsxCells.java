package fr.opendamir.format;

import fr.opendamir.table.Column;
import fr.opendamir.table.Period;
import fr.opendamir.table.Row;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes the cells of one column of a sheet. Codes and labels are texts, figures are numbers, and a
 * period is the date of its first day.
 */
final class XlsxCells {
  /** Characters of a cell that spreadsheets accept; more make them repair the file. */
  private static final int MOST_CHARACTERS = 32_767;

  /**
   * Digits that spreadsheets keep of a number. A number with more is a text, not a wrong number.
   */
  private static final int MOST_DIGITS = 15;

  /** The underscore of what cells take for an escaped character, such as {@code _x0041_}. */
  private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private final Worksheet sheet;
  private final Column column;
  private final Map<String, String> labels = new HashMap<>();

  XlsxCells(Worksheet sheet, Column column) {
    this.sheet = sheet;
    this.column = column;
  }

  /**
   * Writes the cell of a row.
   *
   * @param line number of the line of the sheet, from 0
   * @param position number of the column of the sheet, from 0
   */
  void write(int line, int position, Row row) {
    switch (column.type()) {
      case CODE -> sheet.value(line, position, fitting(row.codes().get(column.position())));
      case PERIOD -> writePeriod(line, position, row.codes().get(column.position()));
      case LABEL ->
          sheet.value(
              line,
              position,
              labels.computeIfAbsent(
                  row.codes().get(column.position()), code -> fitting(column.label().apply(code))));
      case MONEY -> writeNumber(line, position, row.figures().get(column.position()), "#,##0.00");
      case COUNT -> writeNumber(line, position, row.figures().get(column.position()), "#,##0");
      case RATIO -> writeNumber(line, position, row.figures().get(column.position()), null);
      case STATUS -> sheet.value(line, position, row.statusId(column));
    }
  }

  private void writeNumber(int line, int position, BigDecimal number, String format) {
    if (number == null) {
      return;
    }
    if (number.stripTrailingZeros().precision() > MOST_DIGITS) {
      sheet.value(line, position, number.toPlainString());
      return;
    }
    sheet.value(line, position, number);
    if (format != null) {
      sheet.style(line, position).format(format).set();
    }
  }

  private void writePeriod(int line, int position, String code) {
    Optional<Period> period = Period.parse(code);
    if (period.isEmpty()) { // not disclosed, or a total
      sheet.value(line, position, fitting(code));
      return;
    }
    sheet.value(line, position, period.get().firstDay());
    String format =
        switch (period.get().unit()) {
          case YEAR -> "yyyy";
          case QUARTER -> "yyyy-mm-dd";
          case MONTH -> "yyyy-mm";
        };
    sheet.style(line, position).format(format).set();
  }

  /** A text as a cell can hold it, not longer and without escapes; null for null. */
  static String fitting(String text) {
    if (text == null) {
      return null;
    }
    String shortened =
        text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
    return shortened.contains("_x") ? ESCAPE.matcher(shortened).replaceAll("_x005F_") : shortened;
  }
}
