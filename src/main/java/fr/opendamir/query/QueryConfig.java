package fr.opendamir.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a question may cost. Prefix {@code opendamir.query}. */
@ConfigMapping(prefix = "opendamir.query")
public interface QueryConfig {
  /** Rows of rollups or blocks that a question may scan; more is refused before any work. */
  @WithDefault("20000000")
  long maxScannedRows();

  /** Seconds after which the database gives up a statement. */
  @WithDefault("20")
  int statementTimeoutSeconds();
}
