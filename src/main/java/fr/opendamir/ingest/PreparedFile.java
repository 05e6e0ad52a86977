package fr.opendamir.ingest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A file after all work that needs no database. Closing releases its atoms.
 *
 * @param scratch the folder of the file, for spilled data
 * @param rest the work that needs the database; throws the reason of a refusal
 */
record PreparedFile(
    Path path, Path scratch, Optional<MonthReading> reading, Supplier<FileReport> rest)
    implements AutoCloseable {
  @Override
  public void close() {
    reading.ifPresent(MonthReading::close);
    RunFolder.remove(scratch);
  }
}
