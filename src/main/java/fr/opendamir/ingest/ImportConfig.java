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

  /** What is kept of an imported file so that its month can be revised. */
  Archive archive();

  /** What is stored so that questions scan few rows. */
  Rollups rollups();

  /** Loss bounds; those of the disclosure policy when absent. */
  Loss loss();

  /** Atoms hold figures of single persons: only the importing user may read them. */
  interface Archive {
    /** Whether they are kept; without, a month that is imported again is replaced. */
    @WithDefault("true")
    boolean enabled();

    /** Folder; {@code archive} in the database folder when absent. */
    Optional<String> folder();
  }

  /** Sums of the blocks by sets of levels. */
  interface Rollups {
    /** Rows that may be stored for each block; 0 for none. */
    @WithDefault("3")
    double budget();
  }

  /** Shares (0..1) of the charged amount that may lose its region, age band, sex or service. */
  interface Loss {
    Optional<BigDecimal> warnAbove();

    Optional<BigDecimal> refuseAbove();
  }
}
