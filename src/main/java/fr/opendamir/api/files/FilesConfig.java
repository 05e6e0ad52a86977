package fr.opendamir.api.files;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The files of releases. Prefix {@code opendamir.files}. */
@ConfigMapping(prefix = "opendamir.files")
public interface FilesConfig {
  /** Most files that are sent at the same time; each keeps a connection and a file open. */
  @WithDefault("256")
  int places();

  /** Most files of one caller that are sent at the same time. */
  @WithDefault("32")
  int placesOfCaller();
}
