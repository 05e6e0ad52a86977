package fr.opendamir.access;

/**
 * Whether a key is valid cannot be found out just now. A door answers 503: neither is the caller
 * refused, nor served as somebody else.
 */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(Throwable cause) {
    super("keys cannot be looked up just now", cause);
  }
}
