package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: runs statements over published rollups, in PostgreSQL. */
public interface RollupSource {
  /**
   * Runs a statement.
   *
   * @return fails with {@link DataUnavailableException} while the database is away
   */
  Uni<Cells> run(PreparedQuestion question);
}
