package fr.opendamir.ingest.source;

import java.nio.file.Path;

/**
 * A file is not a readable monthly file. The message names the file, the problem, its position and
 * a remedy; it is meant for the person who runs the import.
 */
public final class InvalidSourceFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSourceFileException(Path file, String problem) {
    super(file.getFileName() + ": " + problem);
  }

  public InvalidSourceFileException(Path file, String problem, Throwable cause) {
    super(file.getFileName() + ": " + problem, cause);
  }
}
