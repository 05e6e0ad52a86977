package fr.opendamir.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Storage of usage. Prefix {@code opendamir.usage}. */
@ConfigMapping(prefix = "opendamir.usage")
public interface UsageConfig {
  /** How often what was counted is written down; what a crash may lose. */
  @WithDefault("10s")
  Duration flushInterval();
}
