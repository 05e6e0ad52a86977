package fr.opendamir.store;

/** The database cannot be used; the message says which and why, without the password. */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(DatabaseSettings settings, Exception cause) {
    super(
        "the database "
            + settings.url()
            + " cannot be used as "
            + settings.username()
            + ": "
            + rootMessage(cause),
        cause);
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
