package fr.opendamir.access;

import io.vertx.redis.client.Request;

/**
 * What is taken from shared windows.
 *
 * @param burstUnits below 0 where they are given back
 * @param dailyUnits likewise
 * @param besides units for a lease, where there are as many
 * @param settled daily units that were granted or left elsewhere, taken in any case
 */
record SharedTake(Plan plan, long burstUnits, long dailyUnits, long besides, long settled) {
  static SharedTake of(Plan plan, long units, long besides, long settled) {
    return new SharedTake(
        plan, plan.burst().share(units), plan.daily().share(units), besides, settled);
  }

  static SharedTake nothing(Plan plan) {
    return new SharedTake(plan, 0, 0, 0, 0);
  }

  static SharedTake refund(Plan plan, long taken, long price) {
    return new SharedTake(
        plan,
        plan.burst().share(price) - plan.burst().share(taken),
        plan.daily().share(price) - plan.daily().share(taken),
        0,
        0);
  }

  Request addTo(Request request) {
    return request
        .arg(plan.burst().units())
        .arg(plan.burst().window().toMillis())
        .arg(burstUnits)
        .arg(plan.daily().units())
        .arg(plan.daily().window().toMillis())
        .arg(dailyUnits)
        .arg(besides)
        .arg(settled);
  }
}
