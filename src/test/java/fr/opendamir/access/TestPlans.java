package fr.opendamir.access;

import java.time.Duration;

/** Plans for tests. */
final class TestPlans {
  static final Plan ANONYMOUS = plan(60, 5000);

  private TestPlans() {}

  static Plan plan(long burst, long daily) {
    return new Plan(
        "test",
        new Quota(burst, Duration.ofMinutes(1)),
        new Quota(daily, Duration.ofDays(1)),
        new Quota(600, Duration.ofMinutes(1)),
        8,
        0);
  }

  /** A network of a site that has so much more. */
  static Caller ofSite(String network, Plan plan, int factor) {
    return Caller.ofNetwork(network, plan).within("site", plan.times(factor));
  }

  static Plan ofPriority(int priority, int concurrency) {
    Quota quota = new Quota(1, Duration.ofDays(1));
    return new Plan("priority-" + priority, quota, quota, quota, concurrency, priority);
  }
}
