package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The cells of one statement, computed and held by the database until they are taken. */
public interface CellStream {
  /** How many of the asked imports were published when the cells were computed. */
  int publishedImports();

  /**
   * How many cells there are, of which none or some have been taken; at most one more than asked.
   */
  long total();

  /** Takes the next cells, in order; none after the last. One call at a time. */
  Uni<List<Cells.Cell>> next();

  /** Gives back what holds the cells, however many were taken. A second call does nothing. */
  Uni<Void> close();
}
