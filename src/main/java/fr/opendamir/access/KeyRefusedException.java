package fr.opendamir.access;

/** What was asked of a key cannot be done; the message says why. */
public final class KeyRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no such key. */
    UNKNOWN,
    /** Several keys begin like that. */
    AMBIGUOUS,
    /** The key is no longer in the state that this needs. */
    CONFLICT,
    /** A value is not allowed. */
    INVALID
  }

  private final Reason reason;

  KeyRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
