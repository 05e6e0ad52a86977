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
}
