package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Makes callers of requests without a key. */
public final class Callers {
  /** A peer without an IP address, as on a Unix socket. */
  private static final CallerAddress NOBODY = CallerAddress.parse("0.0.0.0").orElseThrow();

  private static final long MOST_BYTES = 2_000_000;

  /** Of one network and its hash. */
  private static final int BYTES = 200;

  /** Networks (/64) of a site (/48). */
  private static final int MOST_NETWORKS = 65_536;

  private final Plan plan;
  private final Plan sitePlan;
  private final TrustedProxies proxies;
  private final AddressHash hash;

  /** Hashing takes longer than the rest of identifying a caller. */
  private final Cache<ByteBuffer, String> hashes =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((ByteBuffer network, String hash) -> BYTES)
          .executor(Runnable::run)
          .build();

  Callers(Plan plan, Plan sitePlan, TrustedProxies proxies, AddressHash hash) {
    this.plan = plan;
    this.sitePlan = sitePlan;
    this.proxies = proxies;
    this.hash = hash;
  }

  /**
   * Reads and checks the configuration.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static Callers of(AccessConfig config, Plans plans) {
    if (config.ipv6SiteFactor() < 1 || config.ipv6SiteFactor() > MOST_NETWORKS) {
      throw new IllegalArgumentException(
          "opendamir.access.ipv6-site-factor must be 1 to %d, not %d"
              .formatted(MOST_NETWORKS, config.ipv6SiteFactor()));
    }
    return new Callers(
        plans.anonymous(),
        plans.anonymous().times(config.ipv6SiteFactor()),
        new TrustedProxies(config.proxies().trusted().orElse(List.of()), config.proxies().header()),
        new AddressHash(config.addressSalt()));
  }

  /**
   * The caller of a request without a key.
   *
   * @param peer the literal address of the other end of the connection; may be null
   * @param headers all lines of a header, in their order; asked only where the peer is trusted
   */
  public Caller anonymous(String peer, Function<String, List<String>> headers) {
    CallerAddress address = address(peer, headers);
    Caller network = Caller.ofNetwork(hash(address.network()), plan);
    return address.site().map(site -> network.within(hash(site), sitePlan)).orElse(network);
  }

  /** The salted hash of a caller's network, for logs: of a caller with a key as well. */
  public String networkHash(String peer, Function<String, List<String>> headers) {
    return hash(address(peer, headers).network());
  }

  private CallerAddress address(String peer, Function<String, List<String>> headers) {
    return CallerAddress.parse(peer).map(known -> proxies.find(known, headers)).orElse(NOBODY);
  }

  private String hash(byte[] network) {
    return hashes.get(ByteBuffer.wrap(network), unknown -> hash.of(network));
  }
}
