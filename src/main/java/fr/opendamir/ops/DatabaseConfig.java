package fr.opendamir.ops;

import fr.opendamir.store.ReplicaFallback;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where figures are kept. Prefix {@code opendamir.database}. */
@ConfigMapping(prefix = "opendamir.database")
public interface DatabaseConfig {
  /**
   * JDBC URL of an external PostgreSQL 15 or newer, {@code jdbc:postgresql://host:port/database}.
   * Absent: an embedded PostgreSQL is started.
   */
  Optional<String> url();

  /** Owner of the external database; must be allowed to create roles. */
  @WithDefault("opendamir")
  String username();

  /** Password of the owner, if it has one. */
  Optional<String> password();

  /** A file whose first line is that password, in its place. */
  Optional<Path> passwordFile();

  /** Folder of the embedded database and of temporary import data; survives restarts. */
  @WithDefault("data")
  Path folder();

  /**
   * JDBC URL of a streaming replica of the external database, or of one address for several, {@code
   * jdbc:postgresql://host:port/database}; figures are read there. Absent: at the primary.
   */
  Optional<String> replicaUrl();

  /** What becomes of questions that the replica cannot answer. */
  @WithDefault("primary")
  ReplicaFallback replicaFallback();
}
