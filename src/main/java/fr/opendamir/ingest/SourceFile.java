package fr.opendamir.ingest;

import fr.opendamir.ingest.source.FileChecksum;
import fr.opendamir.ingest.source.MonthlyFile;
import java.nio.file.Path;

/** A recognised monthly file with its checksum and the times of its stages. */
record SourceFile(Path path, MonthlyFile file, String sha256, StageClock clock) {
  static SourceFile recognise(Path path, FileProgress progress) {
    StageClock clock = new StageClock(progress);
    MonthlyFile file = MonthlyFile.inspect(path);
    String sha256 = clock.time(ImportStage.CHECKSUM, () -> FileChecksum.sha256(path));
    return new SourceFile(path, file, sha256, clock);
  }
}
