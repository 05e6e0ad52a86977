package fr.opendamir.access;

/** A caller has as many questions in work or waiting as its plan allows: 429. */
public final class TooManyAtOnceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int concurrency;

  public TooManyAtOnceException(int concurrency) {
    super("the caller has " + concurrency + " questions in progress", null, false, false);
    this.concurrency = concurrency;
  }

  /** Questions that the plan allows. */
  public int concurrency() {
    return concurrency;
  }
}
