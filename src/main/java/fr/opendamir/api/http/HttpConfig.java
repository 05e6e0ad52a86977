package fr.opendamir.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Public address and time limits of clients. Prefix {@code opendamir.http}. */
@ConfigMapping(prefix = "opendamir.http")
public interface HttpConfig {
  /**
   * Maximum time from the first byte of a request, or from opening a connection, to the first byte
   * of the response. It must exceed the slowest database answer.
   */
  @WithDefault("60s")
  Duration requestTimeout();

  /**
   * Maximum time in which a client reads nothing of a pending response, and maximum delay behind
   * the rate {@link #leastRate()}.
   */
  @WithDefault("30s")
  Duration stallLimit();

  /**
   * Minimum rate at which a client must read a response with all rows, in bytes per second before
   * compression, averaged from the start.
   */
  @WithDefault("16K")
  MemorySize leastRate();

  /** Maximum unread response bytes for all connections of one caller. */
  @WithDefault("16M")
  MemorySize unreadOfCaller();

  /** Maximum unread response bytes for all connections. */
  @WithDefault("64M")
  MemorySize unread();

  /** The public address of the service, for the contract; empty if unknown. */
  Optional<URI> publicUrl();

  /** Whether requests without TLS are redirected to the public address, which is then required. */
  @WithDefault("false")
  boolean redirectToTls();

  /**
   * Whether a shared cache in front of the service does not announce itself with {@code Via}. If
   * set, cacheable responses contain nothing specific to their caller.
   */
  @WithDefault("false")
  boolean sharedCache();

  /** Host names accepted on the management port in addition to localhost and IP addresses. */
  Optional<List<String>> managementHosts();
}
