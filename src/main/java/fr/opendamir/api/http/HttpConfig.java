package fr.opendamir.api.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long clients may take. Prefix {@code opendamir.http}. */
@ConfigMapping(prefix = "opendamir.http")
public interface HttpConfig {
  /**
   * From the first byte of a request, or from the opening of a connection, to the first byte of
   * what is answered to it. It must leave room for the slowest answer of the database.
   */
  @WithDefault("60s")
  Duration requestTimeout();
}
