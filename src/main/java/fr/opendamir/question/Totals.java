package fr.opendamir.question;

/** The totals that an answer has in addition to its cells. */
public enum Totals {
  /** No totals. */
  NONE,
  /** The grand total only. */
  GRAND,
  /** The grand total, and subtotals for the first, the first two, … levels of the grouping. */
  ROLLUP
}
