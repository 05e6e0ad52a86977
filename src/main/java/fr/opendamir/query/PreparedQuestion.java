package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import java.util.List;

/**
 * A statement ready to run. The columns of a row are:
 *
 * <ol>
 *   <li>the code, as text, for each of {@code levels},
 *   <li>whether the display rule suppresses the row (boolean),
 *   <li>if periods are filled, whether it has no figures in its period (boolean),
 *   <li>if there are {@link #rates}, whether the row has no denominator (boolean),
 *   <li>if it is a comparison, the name of the {@link fr.opendamir.catalog.RowStatus} of the
 *       earlier period,
 *   <li>for each of {@code measures} its {@link #kinds}, integers in units of their last decimal
 *       (cents, acts or millionths), null without a value.
 * </ol>
 *
 * <p>For a page, three columns precede them, two follow them for each of {@link #rates} (see {@link
 * Cells#coverage}), and there is at least one row: the number of {@code imports} that are published
 * in the statement's own snapshot; the number of cells on all pages; the position of the row, null
 * in the placeholder row of an empty result.
 *
 * @param parameters positional, {@code $1} first
 * @param plan what the statement reads
 */
public record PreparedQuestion(
    String sql,
    List<Object> parameters,
    List<Level> levels,
    List<Measure> measures,
    QuestionPlan plan) {
  public PreparedQuestion {
    parameters = List.copyOf(parameters);
    levels = List.copyOf(levels);
    measures = List.copyOf(measures);
  }

  /** The measures that are divided by the population. */
  public List<Measure> rates() {
    return measures.stream().filter(Measure::isRate).toList();
  }

  /** Whether rows say that they have no denominator. */
  public boolean hasRates() {
    return measures.stream().anyMatch(Measure::isRate);
  }

  /** Whether rows say that they have no figures. */
  public boolean isFilled() {
    return plan.filled().isPresent();
  }

  /** Whether rows have the values of an earlier period too. */
  public boolean isComparison() {
    return plan.compared().isPresent();
  }

  /** The values that a row has of each measure, in order. */
  public List<MeasureValue.Kind> kinds() {
    return MeasureValue.kinds(isComparison());
  }

  /** The number of columns of a row, without those that only a page has. */
  public int width() {
    return levels.size()
        + 1
        + (isFilled() ? 1 : 0)
        + (hasRates() ? 1 : 0)
        + (isComparison() ? 1 : 0)
        + measures.size() * kinds().size();
  }
}
