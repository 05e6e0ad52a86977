package fr.opendamir.table;

/** What the cells of a column hold. */
public enum ColumnType {
  /** The code of a level. */
  CODE,
  /** A month, quarter or year, as {@code 2024-01}, {@code 2024-Q1}, {@code 2024}. */
  PERIOD,
  /** The label of a code or period. */
  LABEL,
  /** Euros with two decimals. */
  MONEY,
  /** A whole number. */
  COUNT,
  /** A quotient without unit, six decimals. */
  RATIO,
  /** Whether the display rule withholds the figures of the row. */
  STATUS
}
