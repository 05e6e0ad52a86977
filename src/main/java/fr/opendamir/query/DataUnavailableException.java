package fr.opendamir.query;

/** The database does not answer just now; asking again later may work. */
public final class DataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isAfterWork;

  /** It was not there. */
  public DataUnavailableException(Throwable cause) {
    this(cause, false);
  }

  /**
   * It may have been there.
   *
   * @param isAfterWork whether it gave up what it had worked on: for too long, or with too much
   */
  public DataUnavailableException(Throwable cause, boolean isAfterWork) {
    super("the database does not answer", cause);
    this.isAfterWork = isAfterWork;
  }

  /** Whether it gave up what it had worked on; else it was not there. */
  public boolean isAfterWork() {
    return isAfterWork;
  }
}
