package fr.opendamir.query;

/** The database does not answer just now; asking again later may work. */
public final class DataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataUnavailableException(Throwable cause) {
    super("the database does not answer", cause);
  }
}
