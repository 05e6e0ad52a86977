package fr.opendamir.answer;

import fr.opendamir.access.Grant;

/** An allowance does not suffice: 429. */
public final class QuotaExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Grant grant;

  QuotaExceededException(Grant grant) {
    super("an allowance does not suffice", null, false, false); // no failure of ours
    this.grant = grant;
  }

  /** How policies stand, and which were violated. */
  public Grant grant() {
    return grant;
  }
}
