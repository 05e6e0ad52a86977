package fr.opendamir.ingest.fetch;

import java.nio.file.Path;

/**
 * What one file came to.
 *
 * @param path where it is, or would be
 * @param bytes on the disk; of {@link Status#WOULD_DOWNLOAD}, those of an interrupted download
 * @param problem why there is no file and what would work; null where there is one
 */
public record FetchedFile(Path path, Status status, long bytes, String problem) {
  /** What happened. */
  public enum Status {
    DOWNLOADED,
    PRESENT,
    WOULD_DOWNLOAD,
    FAILED
  }

  static FetchedFile failed(Path path, FetchException failure) {
    return new FetchedFile(path, Status.FAILED, 0, failure.getMessage());
  }

  /** Whether the file is there, whole. */
  public boolean isThere() {
    return status == Status.DOWNLOADED || status == Status.PRESENT;
  }
}
