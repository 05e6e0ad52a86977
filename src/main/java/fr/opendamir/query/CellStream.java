package fr.opendamir.query;

import fr.opendamir.catalog.Measure;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Result of a statement, computed by the database and stored there until it is fetched. */
public interface CellStream {
  /** The number of the statement's imports that were published when the rows were computed. */
  int publishedImports();

  /** The number of rows, fetched or not; at most the question's limit plus one. */
  long total();

  /** The coverage of rates, see {@link Cells}. */
  Map<Measure, BigDecimal> coverage();

  /** Fetches the next rows, in order; an empty list after the last row. Calls must not overlap. */
  Uni<List<ResultRow>> next();

  /**
   * Releases the database resources that hold the rows, fetched or not. A second call has no
   * effect.
   */
  Uni<Void> close();
}
