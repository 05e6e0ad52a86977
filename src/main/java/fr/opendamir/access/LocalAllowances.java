package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Allowances of this process. Callers are forgotten when they have been away for longer than any
 * window, or when there are more of them than are remembered; a caller that comes back has a full
 * allowance. To gain by that, a caller must see as many others as are remembered come by between
 * two of its own requests: at 50,000 remembered and 25,000 requests a second that is 30 requests a
 * minute.
 */
final class LocalAllowances implements Allowances {
  /** Of one caller. */
  private static final int BYTES = 1_200;

  private final Cache<String, CallerBuckets> callers;
  private final NanoClock clock;

  LocalAllowances(int rememberedCallers, LongSupplier nanos) {
    this.clock = new NanoClock(nanos);
    this.callers = BoundedCache.ofCallers(rememberedCallers, BYTES, nanos::getAsLong);
  }

  @Override
  public Grant takeRequest(Caller caller) {
    CallerBuckets own = buckets(caller);
    Grant grant = own.takeRequest();
    if (!grant.isGranted() || caller.site().isEmpty()) {
      return grant;
    }
    Grant ofSite = buckets(caller.site().get()).takeRequest();
    if (ofSite.isGranted()) {
      return grant;
    }
    own.giveBackRequest();
    return Grant.refusedBySite(List.of(own.requestStanding()), ofSite);
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
    caller.charged().forEach(charged -> buckets(charged).refund(taken, price));
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
    CallerBuckets own = buckets(caller);
    Grant grant = own.take(units);
    if (!grant.isGranted() || caller.site().isEmpty()) {
      return grant;
    }
    Grant ofSite = buckets(caller.site().get()).take(units);
    if (ofSite.isGranted()) {
      return grant;
    }
    own.refund(units, 0);
    return Grant.refusedBySite(own.unitStanding(), ofSite);
  }

  List<PolicyStanding> standingHere(Caller caller) {
    List<PolicyStanding> all = new ArrayList<>(buckets(caller).standing());
    caller
        .site()
        .ifPresent(site -> buckets(site).standing().forEach(policy -> all.add(policy.ofSite())));
    return all;
  }

  /** How requests stand, of the caller alone. */
  PolicyStanding requestStanding(Caller caller) {
    return buckets(caller).requestStanding();
  }

  /** Notes what was granted elsewhere, so that it is not granted here again. */
  void record(Caller caller, long units) {
    caller.charged().forEach(charged -> buckets(charged).record(units));
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
