package fr.opendamir.access;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The queue of questions for the database: in work or waiting. No caller occupies all places in
 * work: its further questions wait, and those of other callers overtake them. Everything happens
 * under one lock, and no callback runs under it: every method returns what its caller has to do
 * afterwards.
 */
final class WaitingLine {
  /** Weight of the newest of the times that a question took. */
  private static final double NEWEST = 0.1;

  private final int concurrency;
  private final int longest;
  private final long longestWait;
  private final LongSupplier nanos;
  private final TreeSet<Place> waiting = new TreeSet<>();
  private final Map<String, Integer> ofCaller = new HashMap<>();
  private final Map<String, Integer> inWorkOfCaller = new HashMap<>();
  private int inWork;
  private long arrivals;
  private double meanNanos;

  WaitingLine(int concurrency, int longest, Duration longestWait, LongSupplier nanos) {
    this.concurrency = concurrency;
    this.longest = longest;
    this.longestWait = longestWait.toNanos();
    this.nanos = nanos;
  }

  /**
   * Takes a place.
   *
   * @return the entries that are evicted for it
   * @throws OverloadedException where there is none, or it would come too late
   * @throws TooManyAtOnceException where the caller has all it may have
   */
  synchronized List<Place> enter(Place place) {
    for (Caller charged : place.caller.charged()) {
      int most = charged.plan().concurrency();
      if (ofCaller.getOrDefault(charged.bucket(), 0) >= most) {
        throw new TooManyAtOnceException(most);
      }
    }
    List<Place> displaced = new ArrayList<>();
    if (mayStart(place)) {
      start(place); // those who wait have all the places that they may have
    } else {
      if (waitNanos(waiting.headSet(place).size()) > longestWait) {
        throw overloaded();
      }
      if (waiting.size() >= longest) {
        if (waiting.isEmpty() || waiting.last().compareTo(place) < 0) {
          throw overloaded();
        }
        Place last = waiting.pollLast();
        leaveCaller(last);
        displaced.add(last);
      }
      waiting.add(place);
    }
    enter(ofCaller, place);
    return displaced;
  }

  synchronized Place arrive(Caller caller) {
    return new Place(caller, arrivals++, nanos.getAsLong());
  }

  /** Whether its turn has come already; if not, the waiting request is registered. */
  synchronized boolean isTurnOr(Place place, UniEmitter<? super Boolean> emitter) {
    if (place.state == Place.State.WAITING) {
      place.waiting = emitter;
      return false;
    }
    return place.state == Place.State.IN_WORK;
  }

  /**
   * Leaves the line, from work, from waiting, or again.
   *
   * @return those whose turn has come
   */
  synchronized List<Place> leave(Place place) {
    if (place.state == Place.State.IN_WORK) {
      double took = nanos.getAsLong() - place.startedAt;
      meanNanos = meanNanos == 0 ? took : meanNanos + NEWEST * (took - meanNanos);
    }
    switch (place.state) {
      case IN_WORK -> {
        inWork--;
        leave(inWorkOfCaller, place);
        leaveCaller(place);
      }
      case WAITING -> {
        waiting.remove(place);
        leaveCaller(place);
      }
      case GONE -> {
        return List.of();
      }
    }
    List<Place> next = new ArrayList<>(1);
    for (Iterator<Place> places = waiting.iterator(); inWork < concurrency && places.hasNext(); ) {
      Place first = places.next();
      if (mayStart(first)) {
        places.remove();
        start(first);
        next.add(first);
      }
    }
    return next;
  }

  /** Removes and returns the entries that have waited for too long. */
  synchronized List<Place> expired() {
    long now = nanos.getAsLong();
    List<Place> late = new ArrayList<>();
    for (Place place : waiting) {
      if (now - place.arrivedAt > longestWait) {
        late.add(place);
      }
    }
    late.forEach(
        place -> {
          waiting.remove(place);
          leaveCaller(place);
        });
    return late;
  }

  synchronized OverloadedException overloaded() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos(waiting.size()));
    return new OverloadedException(seconds + 1);
  }

  synchronized int inWork() {
    return inWork;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized int callers() {
    return ofCaller.size();
  }

  /** Whether there is a place, and one would be left to others, whatever the caller asks. */
  private boolean mayStart(Place place) {
    return inWork < concurrency
        && place.caller.charged().stream()
            .allMatch(
                charged ->
                    inWorkOfCaller.getOrDefault(charged.bucket(), 0)
                        < Math.max(1, concurrency - 1));
  }

  private void start(Place place) {
    place.state = Place.State.IN_WORK;
    place.startedAt = nanos.getAsLong();
    inWork++;
    enter(inWorkOfCaller, place);
  }

  private void leaveCaller(Place place) {
    place.state = Place.State.GONE;
    leave(ofCaller, place);
  }

  private static void enter(Map<String, Integer> callers, Place place) {
    for (Caller charged : place.caller.charged()) {
      callers.merge(charged.bucket(), 1, Integer::sum);
    }
  }

  private static void leave(Map<String, Integer> callers, Place place) {
    for (Caller charged : place.caller.charged()) {
      callers.computeIfPresent(charged.bucket(), (bucket, count) -> count == 1 ? null : count - 1);
    }
  }

  private long waitNanos(int before) {
    return (long) (meanNanos * (before + 1) / concurrency);
  }
}
