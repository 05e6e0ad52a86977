package fr.opendamir.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a folder has, for messages about what goes wrong where there is none. */
final class FreeSpace {
  private static final long MIB = 1024 * 1024;

  /** Less than that and a database that does not work does not for want of it. */
  private static final long LITTLE = 64 * MIB;

  private FreeSpace() {}

  /** Something to add to a message, empty where there is room enough. */
  static String hint(Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < LITTLE
          ? " (the disk of the database folder "
              + folder
              + " is full: "
              + free / MIB
              + " MiB are free; make room there)"
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
