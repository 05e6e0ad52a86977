package fr.opendamir.ingest.synthetic;

/**
 * Delay between the month of care and the month of processing, in the classes of an atom.
 *
 * <p>Shares of rows: A202501-A202503 ({@code jessicafalcon/docgap} ADR 0011), and 15,607 rows of
 * A202501 without a care date.
 */
enum Lag {
  SAME_MONTH(0.481),
  ONE_MONTH(0.279),
  TWO_MONTHS(0.082),
  THREE_TO_FIVE(0.083),
  SIX_OR_MORE(0.0746),
  UNKNOWN(0.0004);

  private static final Lag[] VALUES = values();

  private final double share;

  Lag(double share) {
    this.share = share;
  }

  double share() {
    return share;
  }

  static Lag at(int index) {
    return VALUES[index];
  }
}
