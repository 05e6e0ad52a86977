package fr.opendamir.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** Configuration of imports. Prefix {@code opendamir.import}. */
@ConfigMapping(prefix = "opendamir.import")
public interface ImportConfig {
  /**
   * Memory for atoms and the analytical database before they spill to the temporary folder, in MiB.
   */
  @WithDefault("1024")
  int memoryMb();

  /** Its worker threads; defaults to all processors. */
  OptionalInt threads();

  /** Folder of temporary data; defaults to {@code tmp} in the database folder. */
  Optional<String> temporaryFolder();

  /** The archive that makes it possible to revise an imported month. */
  Archive archive();

  /** The stored sums that let questions scan few rows. */
  Rollups rollups();

  /** Loss bounds; default to those of the disclosure policy. */
  Loss loss();

  /**
   * Archive of atoms. Atoms hold figures of single persons: only the importing user may read them.
   */
  interface Archive {
    /** Whether atoms are archived; if not, a month that is imported again is replaced. */
    @WithDefault("true")
    boolean enabled();

    /** Folder of the archive; defaults to {@code archive} in the database folder. */
    Optional<String> folder();
  }

  /** Sums of the blocks by sets of levels. */
  interface Rollups {
    /** Rows that may be stored in the database for each block; 0 disables these rollups. */
    @WithDefault("0.1")
    double budget();

    /** Rows that may be stored as segments for each block; 0 disables these rollups. */
    @WithDefault("1")
    double segmentBudget();
  }

  /** Shares (0..1) of the charged amount that may lose its region, age band, sex or service. */
  interface Loss {
    Optional<BigDecimal> warnAbove();

    Optional<BigDecimal> refuseAbove();
  }
}
