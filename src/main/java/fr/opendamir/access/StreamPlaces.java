package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
  private final long guaranteed;
  private final long patience;
  private final Supplier<Uni<Void>> pause;
  private final LongSupplier nanos;
  private final Set<Taken> taken = new HashSet<>();

  private final class Taken implements StreamPlace {
    private final Caller caller;
    private final long since = nanos.getAsLong();
    private volatile double share;
    private Runnable ending; // null while nothing can be ended

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

    /** Until it may be revoked. */
    private long nanosGuaranteed() {
      return since + guaranteed - nanos.getAsLong();
    }

    private boolean isRevocable() {
      return ending != null && nanosGuaranteed() <= 0;
    }

    @Override
    public void onRevoked(Runnable ending) {
      synchronized (StreamPlaces.this) {
        this.ending = ending;
      }
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
   * @param guaranteed after which the slowest answer gives its place to a caller that finds none
   * @param patience how long a caller waits for a place
   * @param pause between two looks for a free place, in the context of the request
   */
  StreamPlaces(
      int most,
      int mostOfCaller,
      Duration longest,
      Duration guaranteed,
      Duration patience,
      Supplier<Uni<Void>> pause,
      LongSupplier nanos) {
    this.most = most;
    this.mostOfCaller = mostOfCaller;
    this.longest = longest.toNanos();
    this.guaranteed = guaranteed.toNanos();
    this.patience = patience.toNanos();
    this.pause = pause;
    this.nanos = nanos;
  }

  /**
   * Takes a place, and waits for one that becomes free: most answers are sent within a fraction of
   * a second.
   *
   * @return fails as {@link #take} does
   */
  public Uni<StreamPlace> await(Caller caller) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long end = nanos.getAsLong() + patience;
              return Uni.createFrom()
                  .item(() -> take(caller))
                  .onFailure(
                      failure ->
                          failure instanceof OverloadedException && nanos.getAsLong() - end < 0)
                  .retry()
                  .when(
                      failures ->
                          failures
                              .onItem()
                              .transformToUniAndConcatenate(
                                  failure -> pause.get().replaceWith(failure)));
            });
  }

  /**
   * Takes a place. If none is free, the answer that would take longest to end is ended, unless its
   * place is still guaranteed: or else slow clients together could hold all places for as long as
   * an answer may take.
   *
   * @throws TooManyAtOnceException where the caller has all that it may have
   * @throws OverloadedException where none is free; it says when one is expected to be
   */
  public StreamPlace take(Caller caller) {
    Optional<Taken> revoked;
    Taken place;
    synchronized (this) {
      revoked = makeRoom(caller);
      place = new Taken(caller);
      taken.add(place);
    }
    revoked.ifPresent(other -> other.ending.run());
    return place;
  }

  /** The place that was revoked to have a free one. */
  private Optional<Taken> makeRoom(Caller caller) {
    taken.removeIf(place -> place.nanosLeft() < -LOST); // nobody can hold it any more
    require(taken.stream().filter(place -> isOf(place, caller)).count(), mostOfCaller);
    // All networks of a customer together leave a place to others, as each of them does.
    caller.site().ifPresent(site -> require(of(site), Math.max(mostOfCaller, most - 1)));
    if (taken.size() < most) {
      return Optional.empty();
    }
    Optional<Taken> slowest =
        taken.stream().filter(Taken::isRevocable).max(Comparator.comparingLong(Taken::nanosToEnd));
    if (slowest.isEmpty()) {
      long first =
          taken.stream()
              .mapToLong(
                  place -> Math.min(place.nanosToEnd(), Math.max(0, place.nanosGuaranteed())))
              .min()
              .orElse(0);
      throw new OverloadedException(TimeUnit.NANOSECONDS.toSeconds(first) + 1);
    }
    taken.remove(slowest.get());
    return slowest;
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
