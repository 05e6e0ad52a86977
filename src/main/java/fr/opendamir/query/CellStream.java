package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Result of a statement, computed by the database and stored there until it is fetched. */
public interface CellStream {
  /** The number of the statement's imports that were published when the rows were computed. */
  int publishedImports();

  /** The number of rows, fetched or not; at most the question's limit plus one. */
  long total();

  /** Fetches the next rows, in order; an empty list after the last row. Calls must not overlap. */
  Uni<List<ResultRow>> next();

  /**
   * Releases the database resources that hold the rows, fetched or not. A second call has no
   * effect.
   */
  Uni<Void> close();
}
