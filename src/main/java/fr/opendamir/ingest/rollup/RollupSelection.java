package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.port.RollupChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Chooses rollups greedily: each step adds the rollup that saves the most scanned rows for its
 * storage, until the budget is used (Harinarayan, Rajaraman and Ullman 1996, "Implementing data
 * cubes efficiently").
 */
public final class RollupSelection {
  /**
   * The saving of a candidate is divided by its rows to this power. With 1, the classic choice,
   * small rollups use up the budget of the few large ones that serve the remaining questions: on
   * generated months questions scanned 8 % more rows in the mean, and more than twice as many
   * rollups were stored.
   */
  private static final double COST_EXPONENT = 0.75;

  /**
   * The costs of the engine of a place, in rows of a month.
   *
   * @param free their scan takes no measurable time: a question gains nothing from fewer
   * @param overhead storage cost of a rollup in addition to its rows
   * @param share a rollup has at most this share (0..1) of the rows that it saves
   */
  private record Engine(long free, long overhead, double share) {
    static Engine of(RollupChoice.Place place) {
      return switch (place) {
        case DATABASE -> new Engine(300, 50, 1);
        case SEGMENTS -> new Engine(FREE_SEGMENT_ROWS, 20_000, 0.5);
      };
    }
  }

  /** Rows of a segment that are scanned in the time in which its file is opened. */
  public static final long FREE_SEGMENT_ROWS = 5_000;

  private record Candidate(Grouping grouping, long rows, double saving) {}

  private final RollupChoice.Place place;
  private final Engine engine;
  private final Map<Grouping, Long> sizes;
  private final long blocks;

  /** Rows of a rollup that are read in the time of a scan of the blocks. */
  private final long costOfBlocks;

  private final List<Grouping> questions = QuestionSpace.questions();
  private final long[] scanned;

  private RollupSelection(RollupChoice.Place place, Map<Grouping, Long> sizes, long blocks) {
    this.place = place;
    this.engine = Engine.of(place);
    this.sizes = sizes;
    this.blocks = blocks;
    this.costOfBlocks =
        switch (place) {
          case DATABASE ->
              Math.min(
                  blocks, Grouping.ROLLUP_ROWS_PER_SCAN + blocks / Grouping.BLOCKS_PER_ROLLUP_ROW);
          case SEGMENTS -> blocks;
        };
    this.scanned = questions.stream().mapToLong(question -> costOfBlocks).toArray();
  }

  /**
   * Chooses rollups for a month. Segments have the sums of blocks, from which measures scoped to
   * care are calculated, so that they always have the kind of service.
   *
   * @param sizes rows by grouping
   * @param blocks number of blocks of the month
   * @param budget rows that may be stored for each block
   */
  public static RollupChoice choose(
      RollupChoice.Place place, Map<Grouping, Long> sizes, long blocks, double budget) {
    Map<Grouping, Long> inOrder = new LinkedHashMap<>();
    sizes.entrySet().stream()
        .filter(
            entry ->
                place == RollupChoice.Place.DATABASE || entry.getKey().covers(Level.SERVICE_KIND))
        .sorted(Comparator.comparing(entry -> entry.getKey().id()))
        .forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
    return new RollupSelection(place, inOrder, blocks).run(budget);
  }

  /**
   * Lazy greedy search. The saving of a candidate can only decrease as others are chosen, so an old
   * value is an upper bound.
   */
  private RollupChoice run(double budget) {
    double meanWithout = mean();
    PriorityQueue<Candidate> candidates =
        new PriorityQueue<>(
            Comparator.comparingDouble(Candidate::saving)
                .reversed()
                .thenComparing(candidate -> candidate.grouping().id()));
    sizes.forEach(
        (grouping, rows) -> {
          if (rows < costOfBlocks * engine.share()) {
            candidates.add(candidate(grouping, rows));
          }
        });
    List<RollupChoice.Step> steps = new ArrayList<>();
    double left = budget * blocks;
    while (!candidates.isEmpty()) {
      Candidate old = candidates.poll();
      Candidate candidate = candidate(old.grouping(), old.rows());
      if (candidate.rows() > left || candidate.saving() <= 0) {
        continue;
      }
      if (!candidates.isEmpty() && candidate.saving() < candidates.peek().saving()) {
        candidates.add(candidate);
        continue;
      }
      left -= candidate.rows();
      take(candidate);
      steps.add(new RollupChoice.Step(candidate.grouping(), candidate.rows(), mean()));
    }
    return new RollupChoice(place, budget, blocks, meanWithout, steps);
  }

  private Candidate candidate(Grouping grouping, long rows) {
    double saved = 0;
    for (int i = 0; i < scanned.length; i++) {
      if (scanned[i] > rows && scanned[i] > engine.free() && grouping.covers(questions.get(i))) {
        saved += QuestionSpace.weight(i) * (scanned[i] - Math.max(rows, engine.free()));
      }
    }
    return new Candidate(
        grouping, rows, saved / Math.pow((double) (rows + engine.overhead()), COST_EXPONENT));
  }

  private void take(Candidate candidate) {
    for (int i = 0; i < scanned.length; i++) {
      if (candidate.grouping().covers(questions.get(i))) {
        scanned[i] = Math.min(scanned[i], candidate.rows());
      }
    }
  }

  private double mean() {
    double mean = 0;
    for (int i = 0; i < scanned.length; i++) {
      mean += QuestionSpace.weight(i) * scanned[i];
    }
    return mean;
  }
}
