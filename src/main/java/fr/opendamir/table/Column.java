package fr.opendamir.table;

import java.util.function.UnaryOperator;

/**
 * A column of a table.
 *
 * @param name in a header line, or of the member of an object
 * @param position of its code among the codes of a row, or of its figure among the figures; 0 where
 *     the row has one such value only
 * @param label from the code of a row to its label, always the same; for columns of labels
 */
public record Column(String name, ColumnType type, int position, UnaryOperator<String> label) {
  /** A column of anything but labels. */
  public Column(String name, ColumnType type, int position) {
    this(name, type, position, UnaryOperator.identity());
  }
}
