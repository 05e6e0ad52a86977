package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SumColumn;
import java.util.List;

/**
 * A statement whose rows are held and taken bit by bit: a text for each of {@code levels}, then a
 * number (cents or acts) for each of {@code sums}.
 *
 * @param parameters positional, {@code $1} first
 * @param imports the imports asked
 */
public record PreparedStream(
    String sql,
    List<Object> parameters,
    List<Level> levels,
    List<SumColumn> sums,
    List<Long> imports) {
  public PreparedStream {
    parameters = List.copyOf(parameters);
    levels = List.copyOf(levels);
    sums = List.copyOf(sums);
    imports = List.copyOf(imports);
  }
}
