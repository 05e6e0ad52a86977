package fr.opendamir.query;

import fr.opendamir.question.Question;
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

  /** A question about one release. */
  public BoundQuestion(Question query, Release release, List<YearMonth> months, QuestionPlan plan) {
    this(query, Optional.empty(), release, months, plan, List.of());
  }

  /**
   * Rows that the page can have at most. Each row that is scanned is a cell at most; cells are as
   * many as there can be in all, or are asked for, and each may bring its totals.
   */
  public long maxRows() {
    long all = query.groupBy().isEmpty() ? Math.min(1, plan.scannedRows()) : plan.scannedRows();
    long cells = Math.max(0, Math.min(query.limit(), all - query.offset()));
    long ofEverything = query.offset() == 0 ? Math.min(1, cells) : 0;
    return switch (query.totals()) {
      case NONE -> cells;
      case GRAND -> cells + ofEverything;
      case ROLLUP -> cells * query.groupBy().size() + ofEverything;
    };
  }

  /** Whether all rows are asked for, and may be more than one page can hold. */
  public boolean isStreamed() {
    return base.isEmpty() && query.asksForAllRows() && maxRows() > Question.MAX_LIMIT;
  }

  /** The same, times measures. */
  public long maxCells() {
    return maxRows() * query.measures().size();
  }

  /** What it costs at most. */
  public long maxUnits() {
    return units(maxRows());
  }

  /** What it costs without its rows: what the database has done before the first of them. */
  public long leastUnits() {
    return units(0);
  }

  /** What it costs with so many rows. */
  public long units(long rows) {
    return Price.of(query, rows, plan.scannedRows());
  }
}
