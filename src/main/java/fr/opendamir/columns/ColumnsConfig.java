package fr.opendamir.columns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The engine that scans segments. Prefix {@code opendamir.columns}. */
@ConfigMapping(prefix = "opendamir.columns")
public interface ColumnsConfig {
  /** The engine that answers questions which small rollups do not. */
  @WithDefault("duckdb")
  Engine engine();

  /** Memory of DuckDB, in MiB; beyond it, sums and sorted rows spill to the disk. */
  @WithDefault("256")
  int memoryMb();

  /** Threads of DuckDB; one for each processor if not given. */
  OptionalInt threads();

  /** Maximum that DuckDB may spill to the folder of segments, in MiB; 0 forbids spilling. */
  @WithDefault("4096")
  int spillMb();

  JdbcConfig jdbc();

  /** The engines. */
  enum Engine {
    /** DuckDB in the serving process, over segments on its disk. */
    DUCKDB,
    /** An engine that the operator runs, over the same files. */
    JDBC
  }

  /** An engine that is reached through JDBC. */
  interface JdbcConfig {
    /** Address with credentials, such as {@code jdbc:trino://host:8080/hive/figures?user=me}. */
    Optional<String> url();

    /** The jar of its driver. */
    Optional<Path> driver();

    /** The table of blocks, partitioned by {@code import_id}. */
    @WithDefault("block")
    String table();
  }
}
