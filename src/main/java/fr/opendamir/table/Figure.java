package fr.opendamir.table;

/**
 * A measure of a table.
 *
 * @param type MONEY, COUNT or RATIO
 * @param unit {@code EUR}, {@code acts}, {@code ratio} or {@code EUR/act}
 * @param side the periods that it is of; both if it is their change
 */
public record Figure(
    String id, String title, ColumnType type, String unit, int decimals, Side side) {
  /** The periods of a comparison. Other answers have the first only. */
  public enum Side {
    ASKED,
    COMPARED,
    BOTH
  }

  /** Creates a figure of the requested period. */
  public Figure(String id, String title, ColumnType type, String unit, int decimals) {
    this(id, title, type, unit, decimals, Side.ASKED);
  }
}
