package fr.opendamir.access;

/** The database has more to do than it gets done in time: 503. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long retryAfterSeconds;

  public OverloadedException(long retryAfterSeconds) {
    super("too many questions are waiting for the database", null, false, false);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
