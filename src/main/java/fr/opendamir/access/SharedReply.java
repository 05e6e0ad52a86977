package fr.opendamir.access;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How shared windows stand after a question. */
record SharedReply(
    boolean isGranted,
    long besides,
    long burstRemaining,
    long burstResetNanos,
    long dailyRemaining,
    long dailyResetNanos) {

  static SharedReply of(Response response) {
    return new SharedReply(
        response.get(0).toLong() == 1,
        response.get(1).toLong(),
        response.get(2).toLong(),
        TimeUnit.MILLISECONDS.toNanos(response.get(3).toLong()),
        response.get(4).toLong(),
        TimeUnit.MILLISECONDS.toNanos(response.get(5).toLong()));
  }

  /**
   * The standings of burst and daily quota.
   *
   * @param leased units that are taken but still to be had
   * @param age nanoseconds since the reply
   */
  List<PolicyStanding> standing(Plan plan, long leased, long age) {
    return List.of(
        PolicyStanding.of(
            PolicyStanding.BURST,
            plan.burst(),
            burstRemaining + leased,
            Math.max(0, burstResetNanos - age)),
        PolicyStanding.of(
            PolicyStanding.DAILY,
            plan.daily(),
            dailyRemaining + leased,
            Math.max(0, dailyResetNanos - age)));
  }

  /** The names of the policies that have less than a price. */
  List<String> violated(Plan plan, long units) {
    List<String> names = new ArrayList<>(2);
    if (burstRemaining < plan.burst().share(units)) {
      names.add(PolicyStanding.BURST);
    }
    if (dailyRemaining < plan.daily().share(units)) {
      names.add(PolicyStanding.DAILY);
    }
    return names;
  }
}
