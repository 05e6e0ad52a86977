package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SumColumn;
import java.util.List;

/**
 * A statement ready to run.
 *
 * <p>It returns at least one row. First column: how many of the asked imports are published in the
 * statement's own snapshot; second: how many cells there are in all; third: the position of the
 * cell, null in the one row that stands for none; then a text for each of {@code levels} and a
 * number (cents or acts) for each of {@code sums}.
 *
 * @param parameters positional, {@code $1} first
 * @param imports how many imports were asked
 */
public record PreparedQuestion(
    String sql, List<Object> parameters, List<Level> levels, List<SumColumn> sums, int imports) {
  public PreparedQuestion {
    parameters = List.copyOf(parameters);
    levels = List.copyOf(levels);
    sums = List.copyOf(sums);
  }
}
