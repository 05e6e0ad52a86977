package fr.opendamir.answer;

/** An answer with errors: for the requests that wait for it, and not cached. */
public abstract class NotCachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected NotCachedException() {
    super("answer with errors", null, false, false); // no failure of the service: no stack trace
  }

  /** What it costs every request that gets it. */
  public abstract long units();

  /** Whether it has errors that concern only the caller whose request did the work. */
  public abstract boolean isPersonal();
}
