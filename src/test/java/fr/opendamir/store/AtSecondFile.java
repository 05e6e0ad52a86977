package fr.opendamir.store;

import fr.opendamir.ingest.FileProgress;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportStage;
import java.nio.file.Path;

/** Does something when the first file of an import is loaded and nothing is published. */
record AtSecondFile(Runnable action) implements ImportProgress {
  @Override
  public FileProgress file(Path file, int index, int count) {
    return new FileProgress() {
      @Override
      public void stage(ImportStage stage) {
        if (index == 2 && stage == ImportStage.PROTECT) {
          action.run();
        }
      }

      @Override
      public void read(double share, long lines) {}

      @Override
      public void end() {}
    };
  }

  @Override
  public void message(String text) {}
}
