package fr.opendamir.ingest.aggregate;

/** The columns of codes of a file hold more different values than any month can have. */
final class TooManyCodesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyCodesException() {
    super("more different codes than two longs hold");
  }
}
