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

  /** Rows that the page can have at most: it has no more than are scanned, or asked for. */
  public long maxRows() {
    return query.groupBy().isEmpty()
        ? Math.min(1, plan.scannedRows())
        : Math.max(0, Math.min(query.limit(), plan.scannedRows() - query.offset()));
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
