package fr.opendamir.cli;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every command that writes a file: what exists is replaced on demand only. */
final class OutputFile {
  @Option(names = "--replace", description = "Replace the file if it exists already.")
  boolean replace;

  /**
   * Refuses to write over a file, before any work is done for it.
   *
   * @throws FileAlreadyExistsException if the file exists, be it as a link that leads nowhere, and
   *     may not be replaced
   */
  void check(Path file) throws FileAlreadyExistsException {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
  }

  /** The message for a file that exists, also if it was created after the check. */
  static FileAlreadyExistsException exists(Path file) {
    return new FileAlreadyExistsException(
        file.toString(), null, "exists already, and is left as it is; --replace replaces it");
  }
}
