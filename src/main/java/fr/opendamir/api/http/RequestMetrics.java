package fr.opendamir.api.http;

import fr.opendamir.answer.AnswerSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;

/**
 * Counts requests and units by entry point, plan and outcome, and measures response times; never by
 * caller. All meters are created before they are needed, because a cached answer takes only about
 * 30 µs.
 */
@Singleton
class RequestMetrics {
  /** Upper bounds of buckets; the last exceeds the statement timeout. */
  private static final Duration[] DURATIONS =
      DoubleStream.of(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .mapToObj(millis -> Duration.ofNanos((long) (millis * 1_000_000)))
          .toArray(Duration[]::new);

  private static final double[] PRICES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

  private final MeterRegistry registry;
  private final Map<String, Counters> plans = new ConcurrentHashMap<>();
  private final Map<Door, OfDoor> doors = new EnumMap<>(Door.class);

  /** Counters of one plan, looked up once instead of with every request. */
  private record Counters(Map<Door, Map<Outcome, Counter>> requests, Map<Door, Counter> units) {}

  private record OfDoor(
      LongAdder inFlight, DistributionSummary price, Map<AnswerSource, Timer> durations) {}

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Door door : Door.values()) {
      doors.put(door, ofDoor(door));
    }
  }

  /** Counts a request as in flight; it is counted as completed when it ends. */
  void begin(Door door) {
    doors.get(door).inFlight().increment();
  }

  void count(Door door, String plan, Outcome outcome, AnswerSource source, long units, long nanos) {
    Counters counters = plans.get(plan);
    if (counters == null) {
      counters = plans.computeIfAbsent(plan, this::counters);
    }
    counters.requests().get(door).get(outcome).increment();
    OfDoor ofDoor = doors.get(door);
    if (units > 0) {
      counters.units().get(door).increment((double) units);
      ofDoor.price().record((double) units);
    }
    ofDoor.inFlight().decrement();
    ofDoor.durations().get(outcome.source(source)).record(nanos, TimeUnit.NANOSECONDS);
  }

  private OfDoor ofDoor(Door door) {
    LongAdder inFlight = new LongAdder();
    Gauge.builder("opendamir.requests.in.flight", inFlight, LongAdder::sum)
        .description("Requests that came in and are not over")
        .tag("door", door.label())
        .register(registry);
    DistributionSummary price =
        DistributionSummary.builder("opendamir.answer.price")
            .description("Units that an answer cost; free ones are left out")
            .baseUnit("units")
            .tag("door", door.label())
            .serviceLevelObjectives(PRICES)
            .register(registry);
    Map<AnswerSource, Timer> durations = new EnumMap<>(AnswerSource.class);
    for (AnswerSource source : AnswerSource.values()) {
      durations.put(
          source,
          Timer.builder("opendamir.request.duration")
              .description("From the head of a request to the last byte of its answer")
              .tag("door", door.label())
              .tag("source", source.label())
              .serviceLevelObjectives(DURATIONS)
              .register(registry));
    }
    return new OfDoor(inFlight, price, durations);
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
