package fr.opendamir.access;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slots of answers that are sent while they are read. They are not the places of questions at the
 * database: a client that reads slowly keeps a connection and a cursor, and must not keep anybody
 * from asking. There are fewer of them than places for questions, few for each caller, and each
 * ends after a time.
 */
public final class StreamPlaces {
  /** After the end of a place, when a minute more has passed, it was not given back and is lost. */
  private static final long LOST = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private final int mostOfCaller;
  private final long longest;
  private final LongSupplier nanos;
  private final Set<Taken> taken = new HashSet<>();

  private final class Taken implements StreamPlace {
    private final Caller caller;
    private final long since = nanos.getAsLong();
    private volatile double share;

    private Taken(Caller caller) {
      this.caller = caller;
    }

    @Override
    public void reached(double share) {
      this.share = share;
    }

    @Override
    public long nanosLeft() {
      return since + longest - nanos.getAsLong();
    }

    /** When it will end if it goes on as it did so far, or by its limit. */
    private long nanosToEnd() {
      long left = Math.max(0, nanosLeft());
      double reached = share;
      if (reached == 0) {
        return left;
      }
      return Math.min(left, (long) ((nanos.getAsLong() - since) * (1 - reached) / reached));
    }

    @Override
    public void end() {
      synchronized (StreamPlaces.this) {
        taken.remove(this);
      }
    }
  }

  /**
   * Free places.
   *
   * @param longest after which a place must be given back
   */
  StreamPlaces(int most, int mostOfCaller, Duration longest, LongSupplier nanos) {
    this.most = most;
    this.mostOfCaller = mostOfCaller;
    this.longest = longest.toNanos();
    this.nanos = nanos;
  }

  /**
   * Takes a place.
   *
   * @throws TooManyAtOnceException where the caller has all that it may have
   * @throws OverloadedException where none is free; it says when one is expected to be
   */
  public synchronized StreamPlace take(Caller caller) {
    taken.removeIf(place -> place.nanosLeft() < -LOST); // nobody can hold it any more
    require(taken.stream().filter(place -> isOf(place, caller)).count(), mostOfCaller);
    // All networks of a customer together leave a place to others, as each of them does.
    caller.site().ifPresent(site -> require(of(site), Math.max(mostOfCaller, most - 1)));
    if (taken.size() >= most) {
      long first = taken.stream().mapToLong(Taken::nanosToEnd).min().orElse(0);
      throw new OverloadedException(TimeUnit.NANOSECONDS.toSeconds(first) + 1);
    }
    Taken place = new Taken(caller);
    taken.add(place);
    return place;
  }

  private static void require(long own, int most) {
    if (own >= most) {
      throw new TooManyAtOnceException(most);
    }
  }

  private long of(Caller site) {
    return taken.stream()
        .flatMap(place -> place.caller.site().stream())
        .filter(other -> other.bucket().equals(site.bucket()))
        .count();
  }

  private static boolean isOf(Taken place, Caller caller) {
    return place.caller.bucket().equals(caller.bucket());
  }

  /** Places that are taken. */
  public synchronized int taken() {
    return taken.size();
  }

  /** Places in all. */
  public int most() {
    return most;
  }

  /** Places that one caller may have. */
  public int mostOfCaller() {
    return mostOfCaller;
  }

  /** After which a place must be given back. */
  public Duration longest() {
    return Duration.ofNanos(longest);
  }
}
