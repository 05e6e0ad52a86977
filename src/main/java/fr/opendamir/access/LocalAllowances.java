package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Allowances of this process. Callers are forgotten when they have been away for longer than any
 * window, or when there are more of them than are remembered; who comes back has a whole allowance.
 * To gain by that, a caller must see as many others as are remembered come by between two of its
 * own requests: at 50,000 remembered and 25,000 requests a second that is 30 requests a minute.
 */
final class LocalAllowances implements Allowances {
  private final Cache<String, CallerBuckets> callers;
  private final NanoClock clock;

  LocalAllowances(int rememberedCallers, LongSupplier nanos) {
    this.clock = new NanoClock(nanos);
    this.callers =
        Caffeine.newBuilder()
            .maximumSize(rememberedCallers)
            .expireAfterAccess(Quota.LONGEST)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run) // eviction is quick, and needs no pool of threads
            .build();
  }

  @Override
  public Grant takeRequest(Caller caller) {
    return buckets(caller).takeRequest();
  }

  @Override
  public Optional<Grant> takeNow(Caller caller, long units) {
    return Optional.of(takeHere(caller, units));
  }

  @Override
  public Uni<Grant> take(Caller caller, long units) {
    return Uni.createFrom().item(() -> takeHere(caller, units));
  }

  @Override
  public void refund(Caller caller, long taken, long price) {
    buckets(caller).refund(taken, price);
  }

  @Override
  public Uni<List<PolicyStanding>> standing(Caller caller) {
    return Uni.createFrom().item(() -> standingHere(caller));
  }

  @Override
  public Optional<Degradation> degradation() {
    return Optional.empty();
  }

  Grant takeHere(Caller caller, long units) {
    return buckets(caller).take(units);
  }

  List<PolicyStanding> standingHere(Caller caller) {
    return buckets(caller).standing();
  }

  PolicyStanding requestStanding(Caller caller) {
    return buckets(caller).requestStanding();
  }

  /** Notes what was granted elsewhere, so that it is not granted here again. */
  void record(Caller caller, long units) {
    buckets(caller).record(units);
  }

  /** Callers that are remembered. */
  long size() {
    callers.cleanUp();
    return callers.estimatedSize();
  }

  private CallerBuckets buckets(Caller caller) {
    CallerBuckets known = callers.getIfPresent(caller.bucket());
    return known != null && known.isOf(caller.plan()) ? known : renewed(caller);
  }

  private CallerBuckets renewed(Caller caller) {
    return callers
        .asMap()
        .compute(
            caller.bucket(),
            (bucket, known) ->
                known != null && known.isOf(caller.plan())
                    ? known
                    : new CallerBuckets(caller.plan(), clock));
  }
}
