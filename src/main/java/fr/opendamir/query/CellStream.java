package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Result of a statement, computed and held by the database until it is fetched. */
public interface CellStream {
  /** How many imports of the statement were published when the rows were computed. */
  int publishedImports();

  /** How many rows there are, fetched or not; at most one more than the question's limit. */
  long total();

  /** Fetches the next rows, in order; none after the last. One call at a time. */
  Uni<List<ResultRow>> next();

  /** Releases what holds the rows, however many were fetched. A second call does nothing. */
  Uni<Void> close();
}
