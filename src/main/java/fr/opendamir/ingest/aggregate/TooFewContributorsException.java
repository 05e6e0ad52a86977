package fr.opendamir.ingest.aggregate;

/** The whole file holds fewer contributors than one block needs: nothing of it can be published. */
public final class TooFewContributorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooFewContributorsException(int threshold) {
    super("holds fewer than " + threshold + " contributors in all; nothing of it can be published");
  }
}
