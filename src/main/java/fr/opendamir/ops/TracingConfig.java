package fr.opendamir.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Traces of requests. Prefix {@code opendamir.tracing}. */
@ConfigMapping(prefix = "opendamir.tracing")
interface TracingConfig {
  /**
   * Where traces are sent, by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}.
   * Absent: nothing is traced.
   */
  Optional<String> endpoint();

  /** Share (0..1) of the requests without a question to the database that is traced. */
  @WithDefault("0.01")
  double keptShare();
}
