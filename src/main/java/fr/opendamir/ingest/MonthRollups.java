package fr.opendamir.ingest;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.RollupChoice;
import fr.opendamir.ingest.rollup.GroupingSizes;
import fr.opendamir.ingest.rollup.RollupSelection;
import java.util.Map;
import java.util.Optional;

/**
 * The rollups of one month. The choice made for earlier months is reused, so that a question over
 * years finds the same rollups in each; a new choice is made if there is none or it does not fit.
 */
final class MonthRollups {
  /** A month with this many times more or fewer blocks gets a new choice. */
  private static final long OTHER_SIZE = 4;

  private final MonthAggregation aggregation;
  private final ImportSession session;
  private final double budget;

  /**
   * Prepares the rollups of protected blocks.
   *
   * @param budget rows that may be stored for each block
   */
  MonthRollups(MonthAggregation aggregation, ImportSession session, double budget) {
    this.aggregation = aggregation;
    this.session = session;
    this.budget = budget;
  }

  /**
   * Builds and exports the rollups.
   *
   * @param blocks number of blocks of the month
   * @param isRevision whether the blocks are only of a change, which cannot serve as a measure of
   *     months
   */
  LoadedRollups build(long blocks, boolean isRevision) {
    Optional<RollupChoice> kept = session.rollupChoice();
    if (budget <= 0 || blocks == 0 || (isRevision && kept.isEmpty())) {
      return new LoadedRollups(Map.of(), Optional.empty());
    }
    RollupChoice choice =
        kept.filter(c -> isRevision || suits(c, blocks)).orElseGet(() -> choose(blocks));
    Map<Grouping, Long> rows =
        aggregation.buildRollups(choice.groupings(), Math.round(budget * blocks));
    return new LoadedRollups(
        rows,
        rows.isEmpty()
            ? Optional.empty()
            : Optional.of(aggregation.exportRollups(session.rollupIds(rows.keySet()))));
  }

  private boolean suits(RollupChoice choice, long blocks) {
    return choice.budget() == budget
        && blocks <= choice.blocks() * OTHER_SIZE
        && choice.blocks() <= blocks * OTHER_SIZE;
  }

  private RollupChoice choose(long blocks) {
    RollupChoice choice =
        RollupSelection.choose(GroupingSizes.estimate(aggregation.sample()), blocks, budget);
    session.keepRollupChoice(choice);
    return choice;
  }
}
