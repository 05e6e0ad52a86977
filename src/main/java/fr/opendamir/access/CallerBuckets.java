package fr.opendamir.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.List;

/** The buckets of one caller in this process. */
final class CallerBuckets {
  private final Plan plan;
  private final Bucket burst;
  private final Bucket daily;
  private final Bucket requests;

  CallerBuckets(Plan plan, TimeMeter clock) {
    this.plan = plan;
    this.burst = bucket(plan.burst(), clock);
    this.daily = bucket(plan.daily(), clock);
    this.requests = bucket(plan.requests(), clock);
  }

  /** A key may have been given another plan since. */
  boolean isOf(Plan other) {
    return plan.equals(other);
  }

  Grant takeRequest() {
    ConsumptionProbe probe = requests.tryConsumeAndReturnRemaining(1);
    return new Grant(
        List.of(standing(PolicyStanding.REQUESTS, plan.requests(), probe)),
        probe.isConsumed() ? List.of() : List.of(PolicyStanding.REQUESTS));
  }

  void giveBackRequest() {
    requests.addTokens(1);
  }

  Grant take(long units) {
    long burstShare = plan.burst().share(units);
    ConsumptionProbe fromBurst = burst.tryConsumeAndReturnRemaining(burstShare);
    if (!fromBurst.isConsumed()) {
      boolean isDailyShort = daily.getAvailableTokens() < plan.daily().share(units);
      return new Grant(
          List.of(standing(PolicyStanding.BURST, plan.burst(), fromBurst), dailyStanding()),
          isDailyShort
              ? List.of(PolicyStanding.BURST, PolicyStanding.DAILY)
              : List.of(PolicyStanding.BURST));
    }
    ConsumptionProbe fromDaily = daily.tryConsumeAndReturnRemaining(plan.daily().share(units));
    if (!fromDaily.isConsumed()) {
      burst.addTokens(burstShare);
      return new Grant(
          List.of(burstStanding(), standing(PolicyStanding.DAILY, plan.daily(), fromDaily)),
          List.of(PolicyStanding.DAILY));
    }
    return new Grant(
        List.of(
            standing(PolicyStanding.BURST, plan.burst(), fromBurst),
            standing(PolicyStanding.DAILY, plan.daily(), fromDaily)),
        List.of());
  }

  /** Takes what there is of what was granted elsewhere. */
  void record(long units) {
    var unused = burst.tryConsumeAsMuchAsPossible(plan.burst().share(units));
    unused = daily.tryConsumeAsMuchAsPossible(plan.daily().share(units));
  }

  void refund(long taken, long price) {
    add(burst, plan.burst().share(taken) - plan.burst().share(price));
    add(daily, plan.daily().share(taken) - plan.daily().share(price));
  }

  List<PolicyStanding> standing() {
    return List.of(burstStanding(), dailyStanding(), requestStanding());
  }

  List<PolicyStanding> unitStanding() {
    return List.of(burstStanding(), dailyStanding());
  }

  PolicyStanding requestStanding() {
    return standing(PolicyStanding.REQUESTS, plan.requests(), requests);
  }

  private PolicyStanding burstStanding() {
    return standing(PolicyStanding.BURST, plan.burst(), burst);
  }

  private PolicyStanding dailyStanding() {
    return standing(PolicyStanding.DAILY, plan.daily(), daily);
  }

  private static PolicyStanding standing(String name, Quota quota, Bucket bucket) {
    var tokens = bucket.asVerbose().getAvailableTokens();
    return PolicyStanding.of(
        name, quota, tokens.getValue(), tokens.getDiagnostics().calculateFullRefillingTime());
  }

  private static PolicyStanding standing(String name, Quota quota, ConsumptionProbe probe) {
    return PolicyStanding.of(
        name, quota, probe.getRemainingTokens(), probe.getNanosToWaitForReset());
  }

  private static void add(Bucket bucket, long tokens) {
    if (tokens > 0) {
      bucket.addTokens(tokens); // never above the quota
    }
  }

  /** A bucket that is filled at once when a window ends. */
  static Bucket bucket(Quota quota, TimeMeter clock) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(quota.units()).refillIntervally(quota.units(), quota.window()))
        .withCustomTimePrecision(clock)
        .build();
  }
}
