package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: runs statements over published blocks. */
public interface FigureSource {
  Uni<Cells> run(PreparedQuestion question);

  /**
   * Computes all cells of a question and holds them, to be taken bit by bit. Whoever is given them
   * closes them; who loses interest before cancels, which ends the work in the database.
   */
  Uni<CellStream> open(PreparedStream question);
}
