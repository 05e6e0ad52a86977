package fr.opendamir.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The probes. Prefix {@code opendamir.health}. */
@ConfigMapping(prefix = "opendamir.health")
interface HealthConfig {
  /** After which an event loop that does not answer makes the process not alive, 100 ms or more. */
  @WithDefault("10s")
  Duration eventLoopLimit();
}
