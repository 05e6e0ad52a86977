package fr.opendamir.ingest.aggregate;

/** Receives the progress of a scan; called from several threads. */
@FunctionalInterface
public interface ScanProgress {
  /**
   * Reports the progress.
   *
   * @param lines read so far
   * @param share of the file that has been read, 0..1
   */
  void read(long lines, double share);
}
