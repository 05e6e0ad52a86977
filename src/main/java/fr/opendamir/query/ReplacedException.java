package fr.opendamir.query;

/** The release of a question was withdrawn after the question was bound to it. */
public final class ReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReplacedException() {
    super("releases are being replaced faster than questions run");
  }
}
