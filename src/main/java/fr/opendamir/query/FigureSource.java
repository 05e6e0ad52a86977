package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: runs statements over published blocks. */
public interface FigureSource {
  Uni<Cells> run(PreparedQuestion question);

  /**
   * Computes all rows of a question and holds them until they are fetched. The subscriber closes
   * the stream it receives; cancelling before that stops the statement in the database.
   */
  Uni<CellStream> open(PreparedQuestion question);
}
