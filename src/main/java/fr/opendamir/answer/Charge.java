package fr.opendamir.answer;

import fr.opendamir.access.StreamPlace;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReplacedException;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The units that one question reserves from an allowance until it is settled. Database work is paid
 * for even without an answer, such as after a timeout or if the client disconnects. Units are
 * refunded if the question never reached the database, or failed there because of the service.
 */
public final class Charge {
  private final RequestAccount account;
  private final DatabaseTurns turns;
  private final long most;
  private final long least;
  private boolean isBegun;
  private boolean isLeft;
  private boolean isSettled;
  private int atDatabase;

  /**
   * Creates the charge of a question.
   *
   * @param most highest possible price in units, reserved in advance
   * @param least price in units of the database work without any returned row
   */
  public Charge(RequestAccount account, DatabaseTurns turns, long most, long least) {
    this.account = account;
    this.turns = turns;
    this.most = most;
    this.least = least;
  }

  /**
   * Reserves the highest price, runs the work, and refunds the difference to the price of the
   * result.
   *
   * @return fails with {@link QuotaExceededException}, before any work, if the units are not
   *     granted
   */
  public <T> Uni<T> paid(ToLongFunction<T> price, Function<Charge, Uni<T>> work) {
    return paid(work)
        .invoke(result -> settle(price.applyAsLong(result)))
        .onFailure()
        .invoke(account::noted);
  }

  /**
   * Reserves the highest price and runs the work; the receiver of the result calls {@link #settle}.
   */
  public <T> Uni<T> paid(Function<Charge, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              // Not cancelled with the rest, so that units reserved after a disconnect are refunded
              // too.
              CompletableFuture<Void> paid = account.pay(most).subscribeAsCompletionStage();
              return Uni.createFrom()
                  .completionStage(paid::copy)
                  .chain(() -> work.apply(this))
                  .onCancellation()
                  .invoke(
                      () -> {
                        var unused = paid.thenRun(this::left);
                      })
                  .onFailure(failure -> !paid.isCompletedExceptionally())
                  .invoke(this::settleWithout);
            });
  }

  /** Runs database work through the queue, on this account. */
  public <T> Uni<T> atDatabase(QuestionPlan plan, Supplier<Uni<T>> work) {
    return noted(turns.run(plan, () -> begun(work)));
  }

  /** Runs database work whose result is streamed: see {@link DatabaseTurns#stream}. */
  public <T> Uni<T> streamed(QuestionPlan plan, Function<StreamPlace, Uni<T>> work) {
    return noted(turns.stream(plan, place -> begun(() -> work.apply(place))));
  }

  private <T> Uni<T> begun(Supplier<Uni<T>> work) {
    begin();
    return work.get();
  }

  private synchronized void begin() {
    isBegun = true;
  }

  /**
   * Tracks work. It may continue for other requests after the client has left, so it is settled
   * when it ends.
   */
  private <T> Uni<T> noted(Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              arrive();
              return work.onTermination().invoke((result, failure, isCancelled) -> leave(failure));
            });
  }

  private synchronized void arrive() {
    atDatabase++;
  }

  private synchronized void leave(Throwable failure) {
    atDatabase--;
    isBegun &= !isOfService(failure);
    if (isLeft && atDatabase == 0) {
      settleWithout();
    }
  }

  private static boolean isOfService(Throwable failure) {
    return failure instanceof ReplacedException
        || (failure instanceof DataUnavailableException unavailable && !unavailable.isAfterWork());
  }

  /** Settles the charge at the price of the answer, in units. Only the first call has an effect. */
  public synchronized void settle(long price) {
    if (!isSettled) {
      isSettled = true;
      account.settle(most, price);
    }
  }

  private synchronized void left() {
    isLeft = true;
    if (atDatabase == 0) {
      settleWithout();
    }
  }

  /** Settles the charge without an answer. */
  private synchronized void settleWithout() {
    settle(isBegun ? least : 0);
  }
}
