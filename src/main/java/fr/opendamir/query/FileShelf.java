package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.Optional;

/** Port: the files of releases on the disk of this service. */
public interface FileShelf {
  /** Whether this service has files at all; an engine of the operator's reads them elsewhere. */
  boolean isOpen();

  /**
   * Lists the files of a release. The first time, files that are derived from segments are made.
   *
   * @return fails with {@link DataUnavailableException} while segments are fetched or files are
   *     made, and with {@link ReplacedException} if the release is no longer published
   */
  Uni<ReleaseFiles> files(Release release);

  /** The files of a release, if they have been listed before. Never waits. */
  Optional<ReleaseFiles> remembered(Release release);

  /**
   * Finds a file on the disk, after its content was checked. A damaged file is replaced in the
   * background.
   *
   * @return fails with {@link DataUnavailableException} if it is not there, or damaged
   */
  Uni<Path> intact(Release release, ReleaseFile file);
}
