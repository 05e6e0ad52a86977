package fr.opendamir.query;

import fr.opendamir.question.Question;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question bound to a release, with its query plan. It is created once per request, so that the
 * price, entity tag and figures of an answer all come from the same release and plan.
 *
 * @param base the release to subtract; present if the question asks for a difference
 * @param months the months of the release that the question selects
 * @param subtracted the imports that are in the base release only
 */
public record BoundQuestion(
    Question query,
    Optional<Release> base,
    Release release,
    List<YearMonth> months,
    QuestionPlan plan,
    List<ReleaseImport> subtracted) {
  public BoundQuestion {
    months = List.copyOf(months);
    subtracted = List.copyOf(subtracted);
  }

  /** Creates a question about a single release. */
  public BoundQuestion(Question query, Release release, List<YearMonth> months, QuestionPlan plan) {
    this(query, Optional.empty(), release, months, plan, List.of());
  }

  /**
   * The highest possible number of rows of the page. The number of cells is limited by the plan and
   * by the page size, and each cell may add its totals.
   */
  public long maxRows() {
    long all = query.groupBy().isEmpty() ? Math.min(1, plan.scannedRows()) : plan.mostCells();
    long cells = Math.max(0, Math.min(query.limit(), all - query.offset()));
    long ofEverything = query.offset() == 0 ? Math.min(1, cells) : 0;
    return switch (query.totals()) {
      case NONE -> cells;
      case GRAND -> cells + ofEverything;
      case ROLLUP -> cells * query.groupBy().size() + ofEverything;
    };
  }

  /** The months that the answer is compared with; absent without a comparison. */
  public Optional<ComparedMonths> comparedMonths() {
    return plan.compared().map(QuestionPlan.Compared::months);
  }

  /** The years of rates whose population is provisional. */
  public List<Integer> provisionalYears() {
    return Stream.concat(
            plan.denominators().stream(),
            plan.compared().stream().flatMap(compared -> compared.denominators().stream()))
        .flatMap(denominators -> denominators.provisionalYears().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether all rows are requested and may not fit on one page. */
  public boolean isStreamed() {
    return base.isEmpty() && query.asksForAllRows() && maxRows() > Question.MAX_LIMIT;
  }

  /** The highest possible number of cells: {@link #maxRows} × values. */
  public long maxCells() {
    return maxRows() * query.values().size();
  }

  /** The highest possible price, in units. */
  public long maxUnits() {
    return units(maxRows());
  }

  /** The price in units without any returned row, for the database work before the first row. */
  public long leastUnits() {
    return units(0);
  }

  /** The price in units for the given number of returned rows. */
  public long units(long rows) {
    return Price.of(query, rows, plan.work());
  }
}
