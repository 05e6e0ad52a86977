package fr.opendamir.query;

/** Data is temporarily unavailable; a later retry may succeed. */
public final class DataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is unavailable. */
  public enum Part {
    DATABASE("the database does not answer"),
    /** The engine that scans columns, inside or outside the service. */
    ENGINE("the engine of columns does not answer in time"),
    /** Files of a release that are missing, or a release that was replaced or is unreadable. */
    RELEASE("the release is not ready");

    private final String message;

    Part(String message) {
      this.message = message;
    }
  }

  private final Part part;
  private final boolean isAfterWork;

  /** Nothing was computed. */
  public DataUnavailableException(Part part, Throwable cause) {
    this(part, cause, false);
  }

  /**
   * Something may have been computed.
   *
   * @param isAfterWork whether work in progress was aborted, because of a time or resource limit or
   *     a failure
   */
  public DataUnavailableException(Part part, Throwable cause, boolean isAfterWork) {
    super(part.message, cause);
    this.part = part;
    this.isAfterWork = isAfterWork;
  }

  public Part part() {
    return part;
  }

  /** Whether work in progress was aborted; if false, none had begun. */
  public boolean isAfterWork() {
    return isAfterWork;
  }
}
