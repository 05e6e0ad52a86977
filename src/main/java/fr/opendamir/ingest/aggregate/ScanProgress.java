package fr.opendamir.ingest.aggregate;

/** Told how far the reading of a file is; calls come from several threads. */
@FunctionalInterface
public interface ScanProgress {
  /**
   * Says how far it is.
   *
   * @param lines read so far
   * @param share of the file that has been read, 0..1
   */
  void read(long lines, double share);
}
