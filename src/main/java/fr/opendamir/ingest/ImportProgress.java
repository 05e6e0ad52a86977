package fr.opendamir.ingest;

import java.nio.file.Path;

/** Receives the progress of an import; called from several threads. */
public interface ImportProgress {
  /**
   * The import of a file starts, perhaps while the file before it is still being loaded.
   *
   * @param index of the file, from 1
   * @param count number of files
   */
  FileProgress file(Path file, int index, int count);

  void message(String text);

  /** An implementation that ignores all progress. */
  static ImportProgress silent() {
    FileProgress nothing =
        new FileProgress() {
          @Override
          public void stage(ImportStage stage) {}

          @Override
          public void read(double share, long lines) {}

          @Override
          public void end() {}
        };
    return new ImportProgress() {
      @Override
      public FileProgress file(Path file, int index, int count) {
        return nothing;
      }

      @Override
      public void message(String text) {}
    };
  }
}
