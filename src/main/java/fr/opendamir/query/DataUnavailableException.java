package fr.opendamir.query;

/** The database is temporarily unavailable; a later retry may succeed. */
public final class DataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isAfterWork;

  /** The database could not be reached. */
  public DataUnavailableException(Throwable cause) {
    this(cause, false);
  }

  /**
   * The database may have been reached.
   *
   * @param isAfterWork whether the database aborted a statement in progress, because of a time or
   *     resource limit
   */
  public DataUnavailableException(Throwable cause, boolean isAfterWork) {
    super("the database does not answer", cause);
    this.isAfterWork = isAfterWork;
  }

  /** Whether the database aborted a statement in progress; if false, it was not reached. */
  public boolean isAfterWork() {
    return isAfterWork;
  }
}
