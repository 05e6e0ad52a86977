package fr.opendamir.answer;

/** An answer with errors. It is passed to the waiting requests but not cached. */
public abstract class NotCachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected NotCachedException() {
    // no stack trace, because the service did not fail
    super("answer with errors", null, false, false);
  }

  /** The price in units for every request that receives it. */
  public abstract long units();

  /** Whether it has errors that concern only the caller of the computing request. */
  public abstract boolean isPersonal();
}
