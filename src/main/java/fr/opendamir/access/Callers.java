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

  private static final int MOST_HASHES = 10_000;

  private final Plans plans;
  private final TrustedProxies proxies;
  private final AddressHash hash;

  /** Hashing takes longer than all else that is done to find out who asks. */
  private final Cache<ByteBuffer, String> hashes =
      Caffeine.newBuilder().maximumSize(MOST_HASHES).executor(Runnable::run).build();

  Callers(Plans plans, TrustedProxies proxies, AddressHash hash) {
    this.plans = plans;
    this.proxies = proxies;
    this.hash = hash;
  }

  /**
   * Reads and checks the configuration.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static Callers of(AccessConfig config, Plans plans) {
    return new Callers(
        plans,
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
    return Caller.ofNetwork(networkHash(peer, headers), plans.anonymous());
  }

  /** The salted hash of a caller's network, for logs: of a caller with a key as well. */
  public String networkHash(String peer, Function<String, List<String>> headers) {
    CallerAddress caller =
        CallerAddress.parse(peer).map(known -> proxies.find(known, headers)).orElse(NOBODY);
    return hashes.get(ByteBuffer.wrap(caller.network()), network -> hash.of(caller));
  }
}
