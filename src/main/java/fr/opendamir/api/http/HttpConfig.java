package fr.opendamir.api.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where clients find the service, and how long they may take. Prefix {@code opendamir.http}. */
@ConfigMapping(prefix = "opendamir.http")
public interface HttpConfig {
  /**
   * From the first byte of a request, or from the opening of a connection, to the first byte of
   * what is answered to it. It must leave room for the slowest answer of the database.
   */
  @WithDefault("60s")
  Duration requestTimeout();

  /** The address that readers know, for the contract; none where it is not known. */
  Optional<URI> publicUrl();
}
