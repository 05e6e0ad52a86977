package fr.opendamir.catalog;

/** The cells that a measure is defined for. */
public enum Coverage {
  /** All. */
  EVERY_CELL,

  /** Those that hold one known service: acts of different services have no common unit. */
  ONE_SERVICE
}
