package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The way to the database: so many questions at once, a bounded line behind them, higher priorities
 * first. A question is refused at once where the line is full or would take too long by the mean
 * time of questions, and later where it waited too long after all: that is the bound of starvation.
 * In a full line a higher priority takes the place of the last of the lowest.
 */
public final class Admission {
  private final WaitingLine line;

  Admission(int concurrency, int queue, Duration longestWait, LongSupplier nanos) {
    this.line = new WaitingLine(concurrency, queue, longestWait, nanos);
  }

  /**
   * Does work when its turn has come. The turn ends when the work ends, fails or is given up.
   *
   * @param <T> what it comes to
   * @return fails with {@link OverloadedException} or {@link TooManyAtOnceException} where there is
   *     no turn; goes on where it was subscribed
   */
  public <T> Uni<T> run(Caller caller, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Place place = line.arrive(caller);
              line.enter(place).forEach(this::refuse);
              return turn(place)
                  .chain(ignored -> work.get())
                  .onTermination()
                  .invoke(() -> line.leave(place).forEach(Admission::start));
            });
  }

  /** Rejects questions that have waited too long; to be called periodically. */
  void expire() {
    line.expired().forEach(this::refuse);
  }

  /** Questions in work. */
  public int inWork() {
    return line.inWork();
  }

  /** Questions that wait. */
  public int waiting() {
    return line.waiting();
  }

  /** Callers that have a question in work or waiting. */
  int callers() {
    return line.callers();
  }

  private Uni<Boolean> turn(Place place) {
    Uni<Boolean> turn =
        Uni.createFrom()
            .emitter(
                emitter -> {
                  if (line.isTurnOr(place, emitter)) {
                    emitter.complete(true);
                  } else if (place.state == Place.State.GONE) {
                    emitter.fail(line.overloaded());
                  }
                });
    return place.state == Place.State.IN_WORK ? turn : RequestContext.resumed(turn);
  }

  private static void start(Place place) {
    if (place.waiting != null) {
      place.waiting.complete(true);
    }
  }

  private void refuse(Place place) {
    if (place.waiting != null) {
      place.waiting.fail(line.overloaded());
    }
  }
}
