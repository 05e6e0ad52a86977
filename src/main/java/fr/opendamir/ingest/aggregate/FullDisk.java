package fr.opendamir.ingest.aggregate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tells a temporary folder without room from everything else that goes wrong in DuckDB. */
final class FullDisk {
  /** The system's words, and those of DuckDB where it will not take all that is left. */
  private static final List<String> SIGNS =
      List.of("No space left on device", "max_temp_directory_size");

  private static final long MIB = 1024 * 1024;

  private FullDisk() {}

  /** What to do about it, where that is what went wrong. */
  static Optional<String> advice(SQLException failure, Path folder) {
    String message = String.valueOf(failure.getMessage());
    return SIGNS.stream().anyMatch(message::contains)
        ? Optional.of(
            "the disk of the temporary folder "
                + folder
                + " is full ("
                + freeMib(folder)
                + " MiB are free); make room there, or name another folder with"
                + " opendamir.import.temporary-folder")
        : Optional.empty();
  }

  private static String freeMib(Path folder) {
    try {
      return String.valueOf(Files.getFileStore(folder).getUsableSpace() / MIB);
    } catch (IOException e) {
      return "?";
    }
  }
}
