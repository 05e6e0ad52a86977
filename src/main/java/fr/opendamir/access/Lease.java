package fr.opendamir.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What this process knows of a caller's shared allowance: a few units that it took in advance, so
 * that not every answer costs a round trip, and the last refusal, so that none does.
 *
 * <p>What is leased is taken already: leases never make the sum of all replicas too large, and too
 * small by no more than what all of them hold. A lease ends with its burst window; what was left of
 * it goes back to the daily window with the next question.
 */
final class Lease {
  /** A lease is this part of the burst quota: two replicas hold less than 1 % of it. */
  private static final long PART = 256;

  /** A refusal is believed for so long: a refund may make it untrue. */
  private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Caller caller;
  private final Plan plan;
  private long units;
  private long endsAt;
  private long dailyToSettle;
  private boolean isAsking;
  private SharedReply last;
  private long lastAt;
  private long refusedUnits = Long.MAX_VALUE;

  Lease(Caller caller) {
    this.caller = caller;
    this.plan = caller.plan();
  }

  /** A key may have been given another plan since. */
  boolean isOf(Caller other) {
    return caller.equals(other);
  }

  /** Granted from the lease, refused as a moment ago, or empty: Redis must be asked. */
  synchronized Optional<Grant> take(long price, long now) {
    if (price < 1) {
      throw new IllegalArgumentException("a price is 1 unit or more, not " + price);
    }
    endWithWindow(now);
    if (price <= units) {
      units -= price;
      return Optional.of(new Grant(last.standing(caller, units, now - lastAt), List.of()));
    }
    if (price >= refusedUnits && now - lastAt < REFUSAL_NANOS) {
      return Optional.of(refused(price, now));
    }
    return Optional.empty();
  }

  /** What to ask Redis for; {@link #answered} or {@link #unanswered} must follow. */
  synchronized SharedTake ask(long price) {
    long besides = isAsking || price > plan.burst().units() ? 0 : plan.burst().units() / PART;
    isAsking = true;
    SharedTake take = SharedTake.of(caller, price, besides, dailyToSettle);
    dailyToSettle = 0;
    return take;
  }

  synchronized Grant answered(long price, SharedReply reply, long now) {
    isAsking = false;
    last = reply;
    lastAt = now;
    if (!reply.isGranted()) {
      refusedUnits = price;
      return refused(price, now);
    }
    refusedUnits = Long.MAX_VALUE;
    if (reply.besides() > 0) {
      units += reply.besides();
      endsAt = now + reply.burstResetNanos();
    }
    return new Grant(reply.standing(caller, units, 0), List.of());
  }

  synchronized void unanswered(SharedTake take) {
    isAsking = false;
    dailyToSettle += take.settled();
  }

  /** Notes units that were granted without Redis: it hears of them when it is back. */
  synchronized void owe(long dailyUnits) {
    dailyToSettle += dailyUnits;
  }

  /** After a refund. */
  synchronized void forgetRefusal() {
    refusedUnits = Long.MAX_VALUE;
  }

  synchronized List<PolicyStanding> standing(SharedReply reply) {
    return reply.standing(caller, units, 0);
  }

  synchronized List<PolicyStanding> siteStanding(SharedReply reply) {
    return reply.siteStanding(caller, units, 0);
  }

  private Grant refused(long price, long now) {
    List<String> violated = last.violated(caller, price);
    long age = now - lastAt;
    List<PolicyStanding> policies = new ArrayList<>(last.standing(caller, units, age));
    policies.addAll(last.siteStanding(caller, units, age));
    return new Grant(policies, violated.isEmpty() ? List.of(PolicyStanding.BURST) : violated);
  }

  private void endWithWindow(long now) {
    if (units > 0 && now - endsAt >= 0) {
      dailyToSettle -= units;
      units = 0;
    }
  }
}
