package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.util.List;

/**
 * A statement ready to run. The columns of a row are:
 *
 * <ol>
 *   <li>a text for each of {@code levels},
 *   <li>whether the display rule suppresses the row (boolean),
 *   <li>for each of {@code measures} a whole number of units of its last decimal (cents, acts,
 *       millionths), null where it has no value.
 * </ol>
 *
 * <p>{@link FigureSource#run} needs three columns before them, and at least one row: how many of
 * {@code imports} are published in the statement's own snapshot; how many cells there are in all;
 * the position of the row, null in a row that stands for none.
 *
 * @param parameters positional, {@code $1} first
 * @param imports what the statement reads
 */
public record PreparedQuestion(
    String sql,
    List<Object> parameters,
    List<Level> levels,
    List<Measure> measures,
    List<Long> imports) {
  public PreparedQuestion {
    parameters = List.copyOf(parameters);
    levels = List.copyOf(levels);
    measures = List.copyOf(measures);
    imports = List.copyOf(imports);
  }
}
