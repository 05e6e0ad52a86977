package fr.opendamir.table;

import java.util.function.UnaryOperator;

/**
 * A column of a table.
 *
 * @param name in a header line, or of the member of an object
 * @param position of its code among the codes of a row, or of its figure among the figures; 0 where
 *     the row has one such value only
 * @param text from the code of a row to the text of the cell; may return null, and returns the same
 *     for the same code. Columns of figures do not use it.
 */
public record Column(String name, ColumnType type, int position, UnaryOperator<String> text) {
  /** A column whose cells are the codes themselves. */
  public static Column code(String name, int position) {
    return new Column(name, ColumnType.CODE, position, UnaryOperator.identity());
  }
}
