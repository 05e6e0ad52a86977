package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keys that opened nothing, and wrong tokens of administrators, by the network that presented them:
 * after so many of a window none is checked until it ends. Keys that are known to be valid are
 * never asked about here.
 */
public final class WrongKeys {
  private static final String POLICY = "wrong-keys";

  /** Of one network. */
  private static final int BYTES = 600;

  private final Quota quota;
  private final NanoClock clock;
  private final Cache<String, Bucket> networks;

  WrongKeys(Quota quota, int rememberedCallers, LongSupplier nanos) {
    this.quota = quota;
    this.clock = new NanoClock(nanos);
    this.networks = BoundedCache.ofCallers(rememberedCallers, BYTES, nanos::getAsLong);
  }

  /** One of the network was wrong. */
  public void add(String network) {
    var unused = networks.get(network, ignored -> CallerBuckets.bucket(quota, clock)).tryConsume(1);
  }

  /** Why what a network presents is not checked; empty where it is. */
  public Optional<Grant> refusal(String network) {
    Bucket bucket = networks.getIfPresent(network);
    if (bucket == null || bucket.getAvailableTokens() > 0) {
      return Optional.empty();
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) { // the window ended just now
      bucket.addTokens(1);
      return Optional.empty();
    }
    return Optional.of(
        new Grant(
            List.of(PolicyStanding.of(POLICY, quota, 0, probe.getNanosToWaitForRefill())),
            List.of(POLICY)));
  }
}
