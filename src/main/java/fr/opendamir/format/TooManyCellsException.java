package fr.opendamir.format;

/** An answer that a format cannot hold, though others can. */
public final class TooManyCellsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final String widest;

  TooManyCellsException(int most, String widest) {
    super("more than " + most + " cells, most of them for " + widest);
    this.most = most;
    this.widest = widest;
  }

  /** Cells that it could hold. */
  public int most() {
    return most;
  }

  /** The level with the most codes. */
  public String widest() {
    return widest;
  }
}
