package fr.opendamir.ingest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A file for which everything is done that needs no database. Closing releases its atoms.
 *
 * @param scratch the folder of the file, for spilled data
 * @param rest does what needs the database; throws what refuses the file
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
