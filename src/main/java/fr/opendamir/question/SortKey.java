package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.MeasureValue;
import java.util.Optional;

/**
 * A sort key of rows: exactly one of a grouped level or a value of a requested measure.
 *
 * @param descending highest first; rows without a value come last in both directions
 */
public record SortKey(Optional<Level> level, Optional<MeasureValue> measure, boolean descending) {
  public SortKey {
    if (level.isPresent() == measure.isPresent()) {
      throw new IllegalArgumentException("rows are ordered by a level or by a measure");
    }
  }

  /** The id of the level or measure. */
  public String id() {
    return level.map(Level::id).orElseGet(() -> measure.orElseThrow().id());
  }

  /** The text form, as in the parameter {@code sort}. */
  public String text() {
    return (descending ? "-" : "") + id();
  }
}
