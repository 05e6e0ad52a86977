package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.util.Optional;

/**
 * What rows are ordered by: a grouped level or a measure that is asked for, exactly one of them.
 *
 * @param descending greatest first; rows without a figure come last either way
 */
public record SortKey(Optional<Level> level, Optional<Measure> measure, boolean descending) {
  public SortKey {
    if (level.isPresent() == measure.isPresent()) {
      throw new IllegalArgumentException("rows are ordered by a level or by a measure");
    }
  }

  /** The id of the level or measure. */
  public String id() {
    return level.map(Level::id).orElseGet(() -> measure.orElseThrow().id());
  }

  /** As the parameter {@code sort} writes it. */
  public String text() {
    return (descending ? "-" : "") + id();
  }
}
