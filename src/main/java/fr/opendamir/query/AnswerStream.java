package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** An answer whose rows are fetched in batches, all from the same release. The caller closes it. */
public final class AnswerStream {
  private final AggregateResult description;
  private final CellStream cells;

  AnswerStream(AggregateResult description, CellStream cells) {
    this.description = description;
    this.cells = cells;
  }

  /** The answer without its rows; its total is the number of rows, totals included. */
  public AggregateResult description() {
    return description;
  }

  /** The number of rows. */
  public long total() {
    return cells.total();
  }

  /** Fetches the next rows; an empty list after the last row. Calls must not overlap. */
  public Uni<List<ResultRow>> next() {
    return description
        .care()
        .map(care -> cells.next().map(rows -> care.marked(rows, description.query().groupBy())))
        .orElseGet(cells::next);
  }

  /** Releases the database resources that hold the rows. */
  public Uni<Void> close() {
    return cells.close();
  }
}
