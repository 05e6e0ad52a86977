package fr.opendamir.query;

/** A statement did not see all imports of its release: they were withdrawn since it was planned. */
final class ReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReplacedException() {
    super("releases are being replaced faster than questions run");
  }
}
