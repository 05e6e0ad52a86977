package fr.opendamir.ingest;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which files a command line names: files as they are, and the monthly files of folders. */
final class SourceFiles {
  private SourceFiles() {}

  /** Files in the order given; those of a folder by name. */
  static List<Path> list(List<Path> arguments) {
    List<Path> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(monthlyFilesOf(argument));
      } else {
        files.add(argument);
      }
    }
    return files;
  }

  private static List<Path> monthlyFilesOf(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries
              .filter(Files::isRegularFile)
              .filter(
                  file -> file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new InvalidSourceFileException(folder, "the folder holds no .csv or .csv.gz file");
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
    }
  }
}
