package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Slots of answers that are sent while they are read. They are not the places of questions at the
 * database: a client that reads slowly keeps a connection and a cursor, and must not keep anybody
 * from asking. There are fewer of them than places for questions, few for each caller, and each
 * ends after a time. Callbacks run after the lock is released.
 */
public final class StreamPlaces {
  /** After the end of a place, when a minute more has passed, it was not given back and is lost. */
  private static final long LOST = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private final int mostOfCaller;
  private final long longest;
  private final long guaranteed;
  private final long patience;
  private final LongSupplier nanos;
  private final Set<Taken> taken = new HashSet<>();

  /** In order of arrival. */
  private final Set<Waiting> waiting = new LinkedHashSet<>();

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
      run(
          () -> {
            taken.remove(this);
            return grant();
          });
    }
  }

  /** A request for a place. */
  private static final class Waiting {
    private final Caller caller;
    private final long since;
    private UniEmitter<? super StreamPlace> emitter;
    private Taken place; // null until it is granted

    private Waiting(Caller caller, long since) {
      this.caller = caller;
      this.since = since;
    }
  }

  /**
   * Free places.
   *
   * @param longest after which a place must be given back
   * @param guaranteed after which the slowest answer gives its place to a caller that finds none
   * @param patience how long a caller waits for a place
   */
  StreamPlaces(
      int most,
      int mostOfCaller,
      Duration longest,
      Duration guaranteed,
      Duration patience,
      LongSupplier nanos) {
    this.most = most;
    this.mostOfCaller = mostOfCaller;
    this.longest = longest.toNanos();
    this.guaranteed = guaranteed.toNanos();
    this.patience = patience.toNanos();
    this.nanos = nanos;
  }

  /**
   * Takes a place, or waits in line for one that becomes free: most answers are sent within a
   * fraction of a second. If none is free, the answer that would take longest to end is ended, once
   * its place is no longer guaranteed: or else slow clients together could hold all places for as
   * long as an answer may take.
   *
   * @return fails with {@link TooManyAtOnceException} where the caller has all that it may have;
   *     with {@link OverloadedException} where it waited in vain, which says when a place is
   *     expected to be free; goes on where it was subscribed
   */
  public Uni<StreamPlace> await(Caller caller) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Waiting request = new Waiting(caller, nanos.getAsLong());
              Uni<StreamPlace> granted =
                  Uni.createFrom()
                      .emitter(
                          emitter -> {
                            request.emitter = emitter;
                            run(() -> enter(request));
                          });
              return RequestContext.resumed(granted)
                  .onCancellation()
                  .invoke(() -> run(() -> leave(request)));
            });
  }

  /** Rejects requests that have waited too long; to be called periodically. */
  void expire() {
    run(
        () -> {
          List<Runnable> next = grant(); // places that are no longer guaranteed
          long now = nanos.getAsLong();
          for (Iterator<Waiting> requests = waiting.iterator(); requests.hasNext(); ) {
            Waiting request = requests.next();
            if (now - request.since >= patience) {
              requests.remove();
              OverloadedException failure = overloaded();
              next.add(() -> request.emitter.fail(failure));
            }
          }
          return next;
        });
  }

  /** Changes something under the lock, and afterwards runs what it calls for. */
  private void run(Supplier<List<Runnable>> change) {
    List<Runnable> next;
    synchronized (this) {
      next = change.get();
    }
    next.forEach(Runnable::run);
  }

  private List<Runnable> enter(Waiting request) {
    limitReached(request.caller)
        .ifPresent(
            limit -> {
              throw new TooManyAtOnceException(limit);
            });
    waiting.add(request);
    return grant();
  }

  /** Of a request that is cancelled, before or while it is granted a place. */
  private List<Runnable> leave(Waiting request) {
    waiting.remove(request);
    taken.remove(request.place);
    return grant();
  }

  /**
   * Grants places in order of arrival. A caller that has all it may have is overtaken by others.
   */
  private List<Runnable> grant() {
    List<Runnable> next = new ArrayList<>();
    taken.removeIf(place -> place.nanosLeft() < -LOST); // nobody can hold it any more
    for (Iterator<Waiting> requests = waiting.iterator(); requests.hasNext(); ) {
      Waiting request = requests.next();
      if (limitReached(request.caller).isPresent()) {
        continue;
      }
      if (taken.size() >= most) {
        Optional<Taken> slowest = slowest();
        if (slowest.isEmpty()) {
          break;
        }
        taken.remove(slowest.get());
        next.add(slowest.get().ending);
      }
      requests.remove();
      request.place = new Taken(request.caller);
      taken.add(request.place);
      next.add(() -> request.emitter.complete(request.place));
    }
    return next;
  }

  /** The place that is ended to have a free one. */
  private Optional<Taken> slowest() {
    return taken.stream()
        .filter(Taken::isRevocable)
        .max(Comparator.comparingLong(Taken::nanosToEnd));
  }

  private OverloadedException overloaded() {
    long first =
        taken.stream()
            .mapToLong(place -> Math.min(place.nanosToEnd(), Math.max(0, place.nanosGuaranteed())))
            .min()
            .orElse(0);
    return new OverloadedException(TimeUnit.NANOSECONDS.toSeconds(first) + 1);
  }

  /** The number of places that a caller may have, if it has them. */
  private Optional<Integer> limitReached(Caller caller) {
    if (taken.stream().filter(place -> isOf(place, caller)).count() >= mostOfCaller) {
      return Optional.of(mostOfCaller);
    }
    // All networks of a customer together leave a place to others, as each of them does.
    int mostOfSite = Math.max(mostOfCaller, most - 1);
    return caller.site().filter(site -> of(site) >= mostOfSite).map(site -> mostOfSite);
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
