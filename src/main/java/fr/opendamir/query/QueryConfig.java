package fr.opendamir.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of a single question. Prefix {@code opendamir.query}. */
@ConfigMapping(prefix = "opendamir.query")
public interface QueryConfig {
  /**
   * Maximum number of rollup or block rows that a question may scan; larger questions are rejected
   * before they run. Blocks take some 25 to 60 ns each on two processors, and 132 real months have
   * 130 million.
   */
  @WithDefault("300000000")
  long maxScannedRows();

  /** Timeout of a statement in the database or in columns, in seconds. */
  @WithDefault("20")
  int statementTimeoutSeconds();
}
