package fr.opendamir.query;

import fr.opendamir.question.Question;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** An answer whose rows are fetched in batches, all from the same release. The caller closes it. */
public final class AnswerStream {
  private final Question question;
  private final Release release;
  private final CellStream cells;

  AnswerStream(Question question, Release release, CellStream cells) {
    this.question = question;
    this.release = release;
    this.cells = cells;
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
    return cells.next();
  }

  /** Releases the database resources that hold the rows. */
  public Uni<Void> close() {
    return cells.close();
  }
}
