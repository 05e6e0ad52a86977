package fr.opendamir.query;

import fr.opendamir.question.Question;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** An answer whose rows are taken bit by bit, all of the same release. To be closed. */
public final class AnswerStream {
  private final Question query;
  private final Release release;
  private final CellStream cells;

  AnswerStream(Question query, Release release, CellStream cells) {
    this.query = query;
    this.release = release;
    this.cells = cells;
  }

  public Question query() {
    return query;
  }

  public Release release() {
    return release;
  }

  /** How many rows there are. */
  public long total() {
    return cells.total();
  }

  /** Takes the next rows; none after the last. One call at a time. */
  public Uni<List<ResultRow>> next() {
    return cells.next();
  }

  /** Gives back what holds the rows. */
  public Uni<Void> close() {
    return cells.close();
  }
}
