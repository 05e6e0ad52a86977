package fr.opendamir.ingest.aggregate;

/** All of it together makes no block: nothing of it can be published. */
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
