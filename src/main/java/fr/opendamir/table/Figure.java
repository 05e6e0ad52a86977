package fr.opendamir.table;

/**
 * A measure of a table.
 *
 * @param type MONEY, COUNT or RATIO
 * @param unit {@code EUR}, {@code acts}, {@code ratio} or {@code EUR/act}
 * @param side the periods that it is of; both if it is their change
 * @param definition text that defines the measure; empty if there is none
 */
public record Figure(
    String id,
    String title,
    ColumnType type,
    String unit,
    int decimals,
    Side side,
    String definition) {
  /** The periods of a comparison. Other answers have the first only. */
  public enum Side {
    ASKED,
    COMPARED,
    BOTH
  }

  /** Creates a figure of the requested period, without a definition. */
  public Figure(String id, String title, ColumnType type, String unit, int decimals) {
    this(id, title, type, unit, decimals, Side.ASKED, "");
  }
}
