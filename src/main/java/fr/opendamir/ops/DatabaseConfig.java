package fr.opendamir.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The database. Prefix {@code opendamir.database}. */
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

  /**
   * Secret that the passwords of the serving roles are derived from, instead of the owner's
   * password, 16 characters or more: a service that has it and does not migrate needs no password
   * of the owner. The same for {@code migrate} and {@code serve}.
   */
  Optional<String> servingSecret();

  /** A file whose first line is that secret, in its place. */
  Optional<Path> servingSecretFile();

  /**
   * Whether every command first brings an external database to its own version, as the owner. Where
   * not, {@code migrate} must have done so before.
   */
  @WithDefault("true")
  boolean migrate();

  /** Folder of the embedded database and of temporary import data; survives restarts. */
  @WithDefault("data")
  Path folder();
}
