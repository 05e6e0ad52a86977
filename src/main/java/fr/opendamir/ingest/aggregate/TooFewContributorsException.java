package fr.opendamir.ingest.aggregate;

/**
 * The whole month has too few contributors for one block, or so few parts that their sum would
 * reveal them: nothing of it can be published.
 */
public final class TooFewContributorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooFewContributorsException(int threshold) {
    super(
        "holds fewer than "
            + threshold
            + " contributors in all, or so few groups that their sum would reveal them; nothing of it"
            + " can be published");
  }

  /**
   * Describes amounts that too few contributors have in the whole month: its totals would reveal
   * them.
   *
   * @param formula of the amount, from the measures
   */
  TooFewContributorsException(int threshold, String formula) {
    super(
        "has fewer than "
            + threshold
            + " contributors in all with an amount of "
            + formula
            + ", so that its totals would reveal these amounts; nothing of it can be published");
  }
}
