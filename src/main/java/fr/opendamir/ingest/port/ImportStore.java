package fr.opendamir.ingest.port;

/**
 * Port to the serving database. It starts import sessions, of which only one can exist at a time.
 */
public interface ImportStore {
  /**
   * Starts an exclusive session and removes leftovers of failed or killed imports.
   *
   * @param waitForOthers whether to wait while another import runs
   * @throws ImportRefusedException if another import runs and this one does not wait
   */
  ImportSession begin(boolean waitForOthers);
}
