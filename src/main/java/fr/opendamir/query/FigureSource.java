package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: runs statements over published blocks. */
public interface FigureSource {
  Uni<Cells> run(PreparedQuestion question);
}
