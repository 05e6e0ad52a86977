package fr.opendamir.testing;

import fr.opendamir.ingest.FileProgress;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportStage;
import java.nio.file.Path;

/** The progress of an import that no one follows. */
public class SilentProgress implements ImportProgress {
  @Override
  public FileProgress file(Path file, int index, int count) {
    return new FileProgress() {
      @Override
      public void stage(ImportStage stage) {}

      @Override
      public void read(double share, long lines) {}

      @Override
      public void end() {}
    };
  }

  @Override
  public void message(String text) {}
}
