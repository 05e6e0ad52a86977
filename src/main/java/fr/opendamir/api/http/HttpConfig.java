package fr.opendamir.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where clients find the service, and how long they may take. Prefix {@code opendamir.http}. */
@ConfigMapping(prefix = "opendamir.http")
public interface HttpConfig {
  /**
   * From the first byte of a request, or from the opening of a connection, to the first byte of
   * what is answered to it. It must leave room for the slowest answer of the database.
   */
  @WithDefault("60s")
  Duration requestTimeout();

  /**
   * How long a client may read nothing of an answer that waits for it, and how far it may be behind
   * the least rate.
   */
  @WithDefault("30s")
  Duration stallLimit();

  /**
   * Bytes in a second that a client must read of an answer of all rows, before compression and on
   * average from the start.
   */
  @WithDefault("16K")
  MemorySize leastRate();

  /** Bytes of answers that may wait for the clients of one caller to read them. */
  @WithDefault("16M")
  MemorySize unreadOfCaller();

  /** Bytes of answers that may wait for all clients. */
  @WithDefault("64M")
  MemorySize unread();

  /** The address that readers know, for the contract; none where it is not known. */
  Optional<URI> publicUrl();

  /** Whether requests without TLS are sent to the public address, which is needed then. */
  @WithDefault("false")
  boolean redirectToTls();

  /**
   * Whether a cache that gives answers to others stands before the service and does not say so by
   * {@code Via}: answers that it may keep then tell nothing of their caller.
   */
  @WithDefault("false")
  boolean sharedCache();

  /** Names, besides localhost and addresses, under which the management port is asked. */
  Optional<List<String>> managementHosts();
}
