package fr.opendamir.table;

import java.util.function.UnaryOperator;

/**
 * A column of a table.
 *
 * @param name name in a header line, or of a JSON member
 * @param position index of its code among the codes of a row, or of its figure among the figures; 0
 *     if the row has one such value only; 1 for the status of the earlier period of a comparison
 * @param label maps the code of a row to its label, for columns of labels; must be deterministic
 */
public record Column(String name, ColumnType type, int position, UnaryOperator<String> label) {
  /** Creates a column of anything but labels. */
  public Column(String name, ColumnType type, int position) {
    this(name, type, position, UnaryOperator.identity());
  }
}
