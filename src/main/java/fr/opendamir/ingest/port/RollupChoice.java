package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.util.List;
import java.util.Locale;

/**
 * The rollups chosen for months, with the estimates behind the choice.
 *
 * @param place where these rollups are stored
 * @param budget rows that may be stored for each block
 * @param blocks number of blocks of the month that was measured
 * @param meanWithout mean number of rows that a question scans without rollups
 * @param steps in the order of the choice
 */
public record RollupChoice(
    Place place, double budget, long blocks, double meanWithout, List<Step> steps) {
  /** Where rollups are stored. */
  public enum Place {
    /** Small ones: as rows of PostgreSQL. */
    DATABASE,
    /** Larger ones: as segments, which are scanned in columns. */
    SEGMENTS;

    /** The name in the database. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RollupChoice {
    steps = List.copyOf(steps);
  }

  /** The groupings, in the order of the choice. */
  public List<Grouping> groupings() {
    return steps.stream().map(Step::grouping).toList();
  }

  /**
   * One rollup.
   *
   * @param rows estimated, of the month that was measured
   * @param meanAfter mean number of rows that a question scans with this rollup and those before it
   */
  public record Step(Grouping grouping, long rows, double meanAfter) {}
}
