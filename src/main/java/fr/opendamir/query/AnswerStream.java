package fr.opendamir.query;

import fr.opendamir.question.Question;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** An answer whose rows are fetched in batches, all from the same release. The caller closes it. */
public final class AnswerStream {
  private final Question question;
  private final Release release;
  private final CellStream cells;
  private final Optional<CareCompleteness> care;

  AnswerStream(
      Question question, Release release, CellStream cells, Optional<CareCompleteness> care) {
    this.question = question;
    this.release = release;
    this.cells = cells;
    this.care = care;
  }

  public Question query() {
    return question;
  }

  public Release release() {
    return release;
  }

  /** The number of rows. */
  public long total() {
    return cells.total();
  }

  /** Fetches the next rows; an empty list after the last row. Calls must not overlap. */
  public Uni<List<ResultRow>> next() {
    return care.isEmpty()
        ? cells.next()
        : cells.next().map(rows -> care.get().marked(rows, question.groupBy()));
  }

  /** Releases the database resources that hold the rows. */
  public Uni<Void> close() {
    return cells.close();
  }
}
