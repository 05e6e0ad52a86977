package fr.opendamir.catalog;

/** The cells for which a measure is defined. */
public enum Coverage {
  /** All cells. */
  EVERY_CELL,

  /** Cells with one known service: acts of different services have no common unit. */
  ONE_SERVICE
}
