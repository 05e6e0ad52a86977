package fr.opendamir.ingest;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.RollupChoice;
import fr.opendamir.ingest.rollup.GroupingSizes;
import fr.opendamir.ingest.rollup.RollupSelection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rollups of one month: small ones for PostgreSQL, larger ones as segments. The choice made for
 * earlier months is reused, so that a question over years finds the same rollups in each; a new
 * choice is made if there is none or it does not fit.
 */
final class MonthRollups {
  /** A month with this many times more or fewer blocks gets a new choice. */
  private static final long OTHER_SIZE = 4;

  private final MonthAggregation aggregation;
  private final ImportSession session;
  private final BlockSums blocks;
  private final boolean isRevision;
  private Optional<Map<Grouping, Long>> sizes = Optional.empty();

  /**
   * Prepares the rollups of protected blocks.
   *
   * @param blocks what the blocks of the month add up to
   * @param isRevision whether the blocks are only of a change, which is no basis for a choice for
   *     months
   */
  MonthRollups(
      MonthAggregation aggregation, ImportSession session, BlockSums blocks, boolean isRevision) {
    this.aggregation = aggregation;
    this.session = session;
    this.blocks = blocks;
    this.isRevision = isRevision;
  }

  /** Builds and exports the rollups within the budgets of the options. */
  LoadedRollups build(ImportOptions options) {
    // Segments first: the small rollups can be summed from them.
    List<LoadedSegment> segments = segments(options.segmentBudget());
    Map<Grouping, Long> rows =
        built(RollupChoice.Place.DATABASE, options.rollupBudget(), blocks.blocks() > 0);
    return new LoadedRollups(
        rows,
        rows.isEmpty()
            ? Optional.empty()
            : Optional.of(aggregation.exportRollups(session.rollupIds(rows.keySet()))),
        segments);
  }

  private List<LoadedSegment> segments(double budget) {
    Collection<Grouping> groupings =
        built(
                RollupChoice.Place.SEGMENTS,
                budget,
                blocks.blocks() > RollupSelection.FREE_SEGMENT_ROWS)
            .keySet();
    return groupings.stream().map(this::segment).toList();
  }

  private LoadedSegment segment(Grouping grouping) {
    LoadedSegment segment = aggregation.export(grouping);
    if (!segment.sums().totals().equals(blocks.totals())) {
      throw new IllegalStateException(
          "the rollup by "
              + grouping.id()
              + " does not add up to the blocks; nothing was published");
    }
    return segment;
  }

  /** Builds the rollups of a place; none if there is no budget, or too few blocks. */
  private Map<Grouping, Long> built(
      RollupChoice.Place place, double budget, boolean hasEnoughBlocks) {
    if (budget <= 0 || !hasEnoughBlocks) {
      return Map.of();
    }
    Optional<RollupChoice> stored = session.rollupChoice(place);
    if (isRevision && stored.isEmpty()) {
      return Map.of();
    }
    RollupChoice choice =
        stored.filter(c -> isRevision || suits(c, budget)).orElseGet(() -> choose(place, budget));
    return aggregation.buildRollups(choice.groupings(), Math.round(budget * blocks.blocks()));
  }

  private boolean suits(RollupChoice choice, double budget) {
    return choice.budget() == budget
        && blocks.blocks() <= choice.blocks() * OTHER_SIZE
        && choice.blocks() <= blocks.blocks() * OTHER_SIZE;
  }

  private RollupChoice choose(RollupChoice.Place place, double budget) {
    if (sizes.isEmpty()) {
      sizes = Optional.of(GroupingSizes.estimate(aggregation.sample()));
    }
    RollupChoice choice = RollupSelection.choose(place, sizes.get(), blocks.blocks(), budget);
    session.keepRollupChoice(choice);
    return choice;
  }
}
