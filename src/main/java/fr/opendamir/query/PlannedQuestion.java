package fr.opendamir.query;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * A question bound to the release that answers it, and what answering takes. Made once: price,
 * entity tag and figures of an answer are all of the same release and plan.
 *
 * @param base the release that is subtracted, where the question asks for a difference
 * @param months those of the release that it is about
 * @param subtracted the imports that only the base has
 */
public record PlannedQuestion(
    AggregateQuery query,
    Optional<Release> base,
    Release release,
    List<YearMonth> months,
    QuestionPlan plan,
    List<ReleaseImport> subtracted) {
  public PlannedQuestion {
    months = List.copyOf(months);
    subtracted = List.copyOf(subtracted);
  }

  /** A question about one release. */
  public PlannedQuestion(
      AggregateQuery query, Release release, List<YearMonth> months, QuestionPlan plan) {
    this(query, Optional.empty(), release, months, plan, List.of());
  }

  /** Rows that the page can have at most: no more than there can be in all, or are asked for. */
  public long maxRows() {
    return Math.max(0, Math.min(query.limit(), maxTotal() - query.offset()));
  }

  /** Each row that is scanned is a cell at most, and each cell adds a row of each of its totals. */
  private long maxTotal() {
    long cells = plan.scannedRows();
    if (query.groupBy().isEmpty()) {
      return Math.min(1, cells);
    }
    return switch (query.totals()) {
      case NONE -> cells;
      case GRAND -> cells + Math.min(1, cells);
      case ROLLUP -> cells * query.groupBy().size() + Math.min(1, cells);
    };
  }

  /** The same, times measures. */
  public long maxCells() {
    return maxRows() * query.measures().size();
  }

  /** What it costs at most. */
  public long maxUnits() {
    return Price.of(maxCells(), plan.scannedRows());
  }
}
