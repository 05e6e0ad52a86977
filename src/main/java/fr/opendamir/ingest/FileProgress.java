package fr.opendamir.ingest;

/** Receives the progress of one file; called from several threads. */
public interface FileProgress {
  void stage(ImportStage stage);

  /**
   * Progress of the stage {@link ImportStage#READ}.
   *
   * @param share of the file, 0..1
   * @param lines read so far
   */
  void read(double share, long lines);

  /** Nothing more is done with the file. */
  void end();
}
