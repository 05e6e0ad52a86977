package fr.opendamir.access;

import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What is taken from shared windows: of the caller, and of its site where it has one, all or none.
 *
 * @param shares of each that is charged
 * @param besides units for a lease, where there are as many
 * @param settled daily units that were granted or left elsewhere, taken in any case
 */
record SharedTake(List<Share> shares, long besides, long settled) {
  /**
   * What is taken of one.
   *
   * @param burstUnits below 0 where they are given back
   * @param dailyUnits likewise
   */
  record Share(Plan plan, long burstUnits, long dailyUnits) {}

  static SharedTake of(Caller caller, long units, long besides, long settled) {
    return new SharedTake(shares(caller, quota -> quota.share(units)), besides, settled);
  }

  static SharedTake nothing(Caller caller) {
    return new SharedTake(shares(caller, quota -> 0), 0, 0);
  }

  static SharedTake refund(Caller caller, long taken, long price) {
    return new SharedTake(shares(caller, quota -> quota.share(price) - quota.share(taken)), 0, 0);
  }

  private static List<Share> shares(Caller caller, ToLongFunction<Quota> units) {
    return caller.charged().stream()
        .map(Caller::plan)
        .map(
            plan ->
                new Share(plan, units.applyAsLong(plan.burst()), units.applyAsLong(plan.daily())))
        .toList();
  }

  Request addTo(Request request) {
    request.arg(besides).arg(settled);
    for (Share share : shares) {
      request
          .arg(share.plan.burst().units())
          .arg(share.plan.burst().window().toMillis())
          .arg(share.burstUnits)
          .arg(share.plan.daily().units())
          .arg(share.plan.daily().window().toMillis())
          .arg(share.dailyUnits);
    }
    return request;
  }
}
