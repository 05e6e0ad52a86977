package fr.opendamir.access;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts usage in memory. What was not written down yet stays until it is, however long the store
 * is away.
 */
@Singleton
public class UsageRecorder {
  /** The plan of callers without a key. */
  public static final String ANONYMOUS = "anonymous";

  /**
   * Beyond that, what comes is counted by plan only: a bound of memory that no real use reaches.
   */
  private static final int COUNTERS = 50_000;

  private static final int COUNTS_AT_ONCE = 1_000;

  private final UsageStore store;
  private final Clock clock;
  private final int limit;
  private final Map<Subject, Counter> counters = new ConcurrentHashMap<>();
  private final AtomicBoolean isFlushing = new AtomicBoolean();

  private record Subject(LocalDate day, Optional<Long> keyId, String plan, String door) {}

  private record Addition(Counter counter, UsageCount count) {}

  /** Only ever grows: no request is lost between being counted and being written. */
  private static final class Counter {
    final LongAdder requests = new LongAdder();
    final LongAdder units = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** What is written; touched by one flush at a time. */
    long writtenRequests;

    long writtenUnits;
    long writtenRefused;

    Optional<UsageCount> unwritten(Subject of) {
      long newRequests = requests.sum() - writtenRequests;
      long newUnits = units.sum() - writtenUnits;
      long newRefused = refused.sum() - writtenRefused;
      return newRequests == 0 && newUnits == 0 && newRefused == 0
          ? Optional.empty()
          : Optional.of(
              new UsageCount(
                  of.day(), of.keyId(), of.plan(), of.door(), newRequests, newUnits, newRefused));
    }

    void written(UsageCount count) {
      writtenRequests += count.requests();
      writtenUnits += count.units();
      writtenRefused += count.refused();
    }
  }

  @Inject
  UsageRecorder(UsageStore store) {
    this(store, Clock.systemUTC(), COUNTERS);
  }

  UsageRecorder(UsageStore store, Clock clock, int limit) {
    this.store = store;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * A request was answered.
   *
   * @param keyId of the caller, if it has a key
   * @param plan of the caller; {@link #ANONYMOUS} without a key
   * @param units what the answer cost; 0 where it was free of charge
   */
  public void answered(Optional<Long> keyId, String plan, String door, long units) {
    Counter counter = counter(keyId, plan, door);
    counter.requests.increment();
    counter.units.add(units);
  }

  /** A request was refused by a limit. */
  public void refused(Optional<Long> keyId, String plan, String door) {
    Counter counter = counter(keyId, plan, door);
    counter.requests.increment();
    counter.refused.increment();
  }

  private Counter counter(Optional<Long> keyId, String plan, String door) {
    Subject subject = new Subject(LocalDate.now(clock), keyId, plan, door);
    Counter counter = counters.get(subject);
    if (counter != null) {
      return counter;
    }
    Subject counted =
        counters.size() < limit
            ? subject
            : new Subject(subject.day(), Optional.empty(), plan, door);
    return counters.computeIfAbsent(counted, added -> new Counter());
  }

  /**
   * Writes down what was counted since. Does nothing while another flush is on its way; fails where
   * the store does, and the next one tries again.
   */
  public Uni<Void> flush() {
    return Uni.createFrom()
        .deferred(
            () ->
                isFlushing.compareAndSet(false, true)
                    ? write().onTermination().invoke(() -> isFlushing.set(false))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> write() {
    List<Addition> additions = new ArrayList<>();
    counters.forEach(
        (subject, counter) ->
            counter
                .unwritten(subject)
                .ifPresent(count -> additions.add(new Addition(counter, count))));
    return Multi.createFrom()
        .iterable(additions)
        .group()
        .intoLists()
        .of(COUNTS_AT_ONCE)
        .onItem()
        .transformToUniAndConcatenate(this::write)
        .collect()
        .last()
        .invoke(this::forgetPastDays)
        .replaceWithVoid();
  }

  private Uni<Void> write(List<Addition> additions) {
    return store
        .add(additions.stream().map(Addition::count).toList())
        .invoke(() -> additions.forEach(addition -> addition.counter().written(addition.count())));
  }

  /** A day is over for good when the next one is: no request is counted that late. */
  private void forgetPastDays() {
    LocalDate yesterday = LocalDate.now(clock).minusDays(1);
    counters
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().day().isBefore(yesterday)
                    && entry.getValue().unwritten(entry.getKey()).isEmpty());
  }
}
