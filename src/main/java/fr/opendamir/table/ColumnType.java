package fr.opendamir.table;

/** The type of the values of a column. */
public enum ColumnType {
  /** The code of a level. */
  CODE,
  /** A month, quarter or year, as {@code 2024-01}, {@code 2024-Q1}, {@code 2024}. */
  PERIOD,
  /** The label of a code or period. */
  LABEL,
  /** Euros, with two decimals. */
  MONEY,
  /** An integer. */
  COUNT,
  /** A ratio without a unit, with six decimals. */
  RATIO,
  /** Why figures of the row are missing, if any are. */
  STATUS
}
