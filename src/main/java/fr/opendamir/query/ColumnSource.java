package fr.opendamir.query;

import io.smallrye.mutiny.Uni;

/** Port: runs statements over the blocks of imports, which are stored in columns. */
public interface ColumnSource {
  /** The tables that statements read. */
  SourceTables tables();

  /**
   * Runs a statement. Cancelling stops it.
   *
   * @return fails with {@link DataUnavailableException} if the engine or a segment is not ready, or
   *     if the statement takes too much time, memory or disk
   */
  Uni<Cells> run(PreparedQuestion question);

  /**
   * Computes all rows of a question and holds them until they are fetched. The subscriber closes
   * the stream it receives; cancelling before that stops the statement.
   *
   * @return fails as {@link #run} does
   */
  Uni<CellStream> open(StreamedQuestion question);
}
