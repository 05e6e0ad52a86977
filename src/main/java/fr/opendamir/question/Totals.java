package fr.opendamir.question;

/** Which totals an answer has besides its cells. */
public enum Totals {
  /** None. */
  NONE,
  /** Of everything together. */
  GRAND,
  /** Of everything, and of the first, the first two, … levels of the grouping. */
  ROLLUP
}
