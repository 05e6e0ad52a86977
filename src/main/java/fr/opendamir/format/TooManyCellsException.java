package fr.opendamir.format;

/** An answer is too large for a format; other formats may still be possible. */
public final class TooManyCellsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final String widest;

  TooManyCellsException(int most, String widest) {
    super("more than " + most + " cells, most of them for " + widest);
    this.most = most;
    this.widest = widest;
  }

  /** The maximum number of cells of the format. */
  public int most() {
    return most;
  }

  /** The level with the most codes. */
  public String widest() {
    return widest;
  }
}
