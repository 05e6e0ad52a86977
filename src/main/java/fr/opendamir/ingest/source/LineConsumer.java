package fr.opendamir.ingest.source;

/** Receives the lines of a file in their order. */
@FunctionalInterface
public interface LineConsumer {
  /**
   * Takes one line that has passed all checks.
   *
   * @param line valid until this method returns
   */
  void accept(ReadLine line);
}
