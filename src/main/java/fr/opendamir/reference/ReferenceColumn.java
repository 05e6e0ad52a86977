package fr.opendamir.reference;

import fr.opendamir.catalog.Label;

/**
 * A column of a reference table.
 *
 * @param unit empty unless it is a figure
 */
public record ReferenceColumn(String name, Type type, String unit, Label label) {
  /** The type of the values. */
  public enum Type {
    /** A code; the keys together identify a row. */
    KEY,
    /** A text that follows from the keys; may be empty. */
    TEXT,
    /** An integer; may be empty. */
    COUNT,
    /** A number with six decimals; may be empty. */
    RATIO
  }

  public boolean isFigure() {
    return type == Type.COUNT || type == Type.RATIO;
  }

  /** Number of decimals of a figure. */
  public int decimals() {
    return type == Type.RATIO ? 6 : 0;
  }
}
