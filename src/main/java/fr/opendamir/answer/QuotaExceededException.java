package fr.opendamir.answer;

import fr.opendamir.access.Grant;

/** An allowance is too low for the request: 429. */
public final class QuotaExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Grant grant;

  QuotaExceededException(Grant grant) {
    // no stack trace, because the service did not fail
    super("an allowance does not suffice", null, false, false);
    this.grant = grant;
  }

  /** The state of the rate-limit policies, and which of them were violated. */
  public Grant grant() {
    return grant;
  }
}
