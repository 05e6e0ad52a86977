package fr.opendamir.ingest;

import java.nio.file.Path;

/** Receives the progress of an import; called from several threads. */
public interface ImportProgress {
  /** The import of a file starts: the {@code index}-th of {@code count}, counted from 1. */
  void file(Path file, int index, int count);

  void stage(ImportStage stage);

  /**
   * Progress of the stage {@link ImportStage#READ}.
   *
   * @param share of the file, 0..1
   * @param lines read so far
   */
  void read(double share, long lines);

  void message(String text);

  /** An implementation that ignores all progress. */
  static ImportProgress silent() {
    return new ImportProgress() {
      @Override
      public void file(Path file, int index, int count) {}

      @Override
      public void stage(ImportStage stage) {}

      @Override
      public void read(double share, long lines) {}

      @Override
      public void message(String text) {}
    };
  }
}
