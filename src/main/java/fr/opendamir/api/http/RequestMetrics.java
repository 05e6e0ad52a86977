package fr.opendamir.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests and units by door, plan and outcome; never by caller. */
@ApplicationScoped
class RequestMetrics {
  private final MeterRegistry registry;
  private final Map<String, Counters> plans = new ConcurrentHashMap<>();

  /** Of one plan: looked up once, not with every request. */
  private record Counters(Map<Door, Map<Outcome, Counter>> requests, Map<Door, Counter> units) {}

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Door door, String plan, Outcome outcome, long units) {
    Counters counters = plans.get(plan);
    if (counters == null) {
      counters = plans.computeIfAbsent(plan, this::counters);
    }
    counters.requests().get(door).get(outcome).increment();
    if (units > 0) {
      counters.units().get(door).increment((double) units);
    }
  }

  private Counters counters(String plan) {
    Map<Door, Map<Outcome, Counter>> requests = new EnumMap<>(Door.class);
    Map<Door, Counter> units = new EnumMap<>(Door.class);
    for (Door door : Door.values()) {
      Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(
            outcome,
            Counter.builder("opendamir.requests")
                .description("Requests that were answered, refused or broken off")
                .tag("door", door.label())
                .tag("plan", plan)
                .tag("outcome", outcome.label())
                .register(registry));
      }
      requests.put(door, outcomes);
      units.put(
          door,
          Counter.builder("opendamir.units")
              .description("Units that answers cost")
              .tag("door", door.label())
              .tag("plan", plan)
              .register(registry));
    }
    return new Counters(requests, units);
  }
}
