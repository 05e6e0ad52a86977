package fr.opendamir.ingest.port;

/** Port to the serving database: starts the only import session that can exist at a time. */
public interface ImportStore {
  /**
   * Starts an exclusive session and removes what a failed or killed import left.
   *
   * @param waitForOthers whether to wait while another import runs
   * @throws ImportRefusedException when another import runs and this one does not wait
   */
  ImportSession begin(boolean waitForOthers);
}
