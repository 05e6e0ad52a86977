package fr.opendamir.columns;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The segments on the disk of a service. Prefix {@code opendamir.segments}. */
@ConfigMapping(prefix = "opendamir.segments")
public interface SegmentsConfig {
  /**
   * Folder of the segments, which several services may share. Not given: below the folder of the
   * embedded database, or a temporary folder where the database is external.
   */
  Optional<Path> folder();
}
