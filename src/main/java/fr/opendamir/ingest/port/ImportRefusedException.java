package fr.opendamir.ingest.port;

/** An import was refused; the message says why and what would work. */
public final class ImportRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportRefusedException(String message) {
    super(message);
  }
}
