package fr.opendamir.table;

/**
 * A measure of a table.
 *
 * @param type MONEY, COUNT or RATIO
 * @param unit {@code EUR}, {@code acts}, {@code ratio} or {@code EUR/act}
 */
public record Figure(String id, String title, ColumnType type, String unit, int decimals) {}
