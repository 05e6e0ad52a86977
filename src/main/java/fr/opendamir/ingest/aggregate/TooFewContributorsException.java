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
            + " contributors in all, or so few groups that their sum would tell them; nothing of it can"
            + " be published");
  }
}
