package fr.opendamir.api.admin;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Administration over HTTP. Prefix {@code opendamir.admin}. */
@ConfigMapping(prefix = "opendamir.admin")
interface AdminConfig {
  /**
   * What administrators present as bearer token, at least 16 characters; without one there is no
   * administration over HTTP. Better given in the environment or a file than on a command line.
   */
  Optional<String> token();

  /** A file that holds the token, such as a mounted secret. Instead of {@link #token}. */
  Optional<Path> tokenFile();
}
