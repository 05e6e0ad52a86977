package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.util.List;

/**
 * The rollups that were chosen for months, and why.
 *
 * @param budget rows that may be stored for each block
 * @param blocks of the month that was measured
 * @param meanWithout rows that a question scans in the mean where there are no rollups
 * @param steps in the order they were chosen in
 */
public record RollupChoice(double budget, long blocks, double meanWithout, List<Step> steps) {
  public RollupChoice {
    steps = List.copyOf(steps);
  }

  /** The groupings, in the order they were chosen in. */
  public List<Grouping> groupings() {
    return steps.stream().map(Step::grouping).toList();
  }

  /** Estimated rows of all of them. */
  public long rows() {
    return steps.stream().mapToLong(Step::rows).sum();
  }

  /**
   * One rollup.
   *
   * @param rows estimated, of the month that was measured
   * @param meanAfter rows that a question scans in the mean with it and those before
   */
  public record Step(Grouping grouping, long rows, double meanAfter) {}
}
