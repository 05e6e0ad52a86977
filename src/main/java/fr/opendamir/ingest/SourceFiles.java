package fr.opendamir.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resolves command-line arguments to files: a file stands for itself, a folder for its monthly
 * files. A folder without monthly files is listed itself, so that its report says so.
 */
final class SourceFiles {
  private static final Pattern MONTHLY =
      Pattern.compile(".*\\.csv(\\.gz|\\.zip)?|[AP](19|20)\\d{4}\\.zip", Pattern.CASE_INSENSITIVE);

  private SourceFiles() {}

  /** Lists files in the order given; files of a folder by name. */
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
              .filter(file -> MONTHLY.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
      return files.isEmpty() ? List.of(folder) : files;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
    }
  }
}
