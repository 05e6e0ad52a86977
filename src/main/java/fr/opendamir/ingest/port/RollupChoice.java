package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.util.List;

/**
 * The rollups chosen for months, with the estimates behind the choice.
 *
 * @param budget rows that may be stored for each block
 * @param blocks number of blocks of the month that was measured
 * @param meanWithout mean number of rows that a question scans without rollups
 * @param steps in the order of the choice
 */
public record RollupChoice(double budget, long blocks, double meanWithout, List<Step> steps) {
  public RollupChoice {
    steps = List.copyOf(steps);
  }

  /** The groupings, in the order of the choice. */
  public List<Grouping> groupings() {
    return steps.stream().map(Step::grouping).toList();
  }

  /** Estimated rows of all rollups. */
  public long rows() {
    return steps.stream().mapToLong(Step::rows).sum();
  }

  /**
   * One rollup.
   *
   * @param rows estimated, of the month that was measured
   * @param meanAfter mean number of rows that a question scans with this rollup and those before it
   */
  public record Step(Grouping grouping, long rows, double meanAfter) {}
}
