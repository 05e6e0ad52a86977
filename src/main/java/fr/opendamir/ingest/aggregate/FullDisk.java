package fr.opendamir.ingest.aggregate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Recognises a full temporary folder among the failures of DuckDB. */
final class FullDisk {
  /** Error texts of the system, and of DuckDB when it leaves the last free space unused. */
  private static final List<String> SIGNS =
      List.of("No space left on device", "max_temp_directory_size");

  private static final long MIB = 1024 * 1024;

  private FullDisk() {}

  /** Returns advice if the failure is a full disk; empty otherwise. */
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
