package fr.opendamir.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** How imports run. Prefix {@code opendamir.import}. */
@ConfigMapping(prefix = "opendamir.import")
public interface ImportConfig {
  /** What the analytical database may hold before it spills to the temporary folder, in MiB. */
  @WithDefault("1024")
  int memoryMb();

  /** Its worker threads; all processors when absent. */
  OptionalInt threads();

  /** Where temporary data goes; {@code tmp} in the database folder when absent. */
  Optional<String> temporaryFolder();

  /** Loss bounds; those of the disclosure policy when absent. */
  Loss loss();

  /** Shares (0..1) of the charged amount that may lose its region, age band, sex or service. */
  interface Loss {
    Optional<BigDecimal> warnAbove();

    Optional<BigDecimal> refuseAbove();
  }
}
