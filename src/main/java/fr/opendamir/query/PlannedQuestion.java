package fr.opendamir.query;

import java.time.YearMonth;
import java.util.List;

/**
 * A question that could be answered, and what it would take.
 *
 * @param months those of the release that it is about
 */
public record PlannedQuestion(
    AggregateQuery query, Release release, List<YearMonth> months, QuestionPlan plan) {
  public PlannedQuestion {
    months = List.copyOf(months);
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
