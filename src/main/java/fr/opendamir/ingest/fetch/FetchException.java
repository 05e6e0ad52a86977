package fr.opendamir.ingest.fetch;

/**
 * A file could not be had. The message says why and what would work; it has no query of an address,
 * which may hold a token.
 */
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FetchException(String problem) {
    super(problem);
  }

  FetchException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
