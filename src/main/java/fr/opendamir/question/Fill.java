package fr.opendamir.question;

/**
 * Whether each group of an answer has a row for every period of the question, also for those in
 * which it has no figures.
 */
public enum Fill {
  /** Only rows with figures. */
  NONE,
  /** Rows without figures have no values. */
  NULL,
  /** Rows without figures have the values of a sum of nothing: zero, and null for a quotient. */
  ZERO
}
