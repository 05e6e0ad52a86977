package fr.opendamir.access;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How shared windows stand after a question.
 *
 * @param windows of the caller, then of its site where it has one
 */
record SharedReply(boolean isGranted, long besides, List<Windows> windows) {
  private static final int FIRST = 2;
  private static final int NUMBERS = 4;

  /** The two windows of one that is charged. */
  record Windows(
      long burstRemaining, long burstResetNanos, long dailyRemaining, long dailyResetNanos) {
    private static Windows of(Response response, int at) {
      return new Windows(
          response.get(at).toLong(),
          TimeUnit.MILLISECONDS.toNanos(response.get(at + 1).toLong()),
          response.get(at + 2).toLong(),
          TimeUnit.MILLISECONDS.toNanos(response.get(at + 3).toLong()));
    }

    private List<PolicyStanding> standing(Plan plan, long leased, long age) {
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

    private List<String> violated(Plan plan, long units) {
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

  static SharedReply of(Response response) {
    List<Windows> windows = new ArrayList<>(2);
    for (int at = FIRST; at < response.size(); at += NUMBERS) {
      windows.add(Windows.of(response, at));
    }
    return new SharedReply(
        response.get(0).toLong() == 1, response.get(1).toLong(), List.copyOf(windows));
  }

  long burstResetNanos() {
    return windows.get(0).burstResetNanos();
  }

  /**
   * The standings of the caller's burst and daily quota.
   *
   * @param leased units that are taken but still to be had
   * @param age nanoseconds since the reply
   */
  List<PolicyStanding> standing(Caller caller, long leased, long age) {
    return windows.get(0).standing(caller.plan(), leased, age);
  }

  /** Those of its site; none where it has none. What is leased is to be had there as well. */
  List<PolicyStanding> siteStanding(Caller caller, long leased, long age) {
    return caller
        .site()
        .map(
            site ->
                windows.get(1).standing(site.plan(), leased, age).stream()
                    .map(PolicyStanding::ofSite)
                    .toList())
        .orElse(List.of());
  }

  /** The names of the policies, of the caller and its site, that have less than a price. */
  List<String> violated(Caller caller, long units) {
    List<String> names = new ArrayList<>(windows.get(0).violated(caller.plan(), units));
    caller
        .site()
        .ifPresent(
            site ->
                windows.get(1).violated(site.plan(), units).stream()
                    .map(PolicyStanding::nameOfSite)
                    .forEach(names::add));
    return names;
  }
}
