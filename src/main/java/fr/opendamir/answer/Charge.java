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
 * What one question takes of an allowance in advance, until it is settled. Work that the database
 * has done is paid for, also where nothing comes of it: it ran out of time, or the client left.
 * What never reached the database, or failed there for reasons of the service, is given back.
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
   * The charge of a question.
   *
   * @param most units it can cost, taken in advance
   * @param least of them, what the work of the database costs without any row of an answer
   */
  public Charge(RequestAccount account, DatabaseTurns turns, long most, long least) {
    this.account = account;
    this.turns = turns;
    this.most = most;
    this.least = least;
  }

  /**
   * Does work that was paid for, and gives back what its result did not cost.
   *
   * @return fails with {@link QuotaExceededException}, without any work, where it is not granted
   */
  public <T> Uni<T> paid(ToLongFunction<T> price, Function<Charge, Uni<T>> work) {
    return paid(work)
        .invoke(result -> settle(price.applyAsLong(result)))
        .onFailure()
        .invoke(account::noted);
  }

  /** Does work that was paid for; what has the result calls {@link #settle}. */
  public <T> Uni<T> paid(Function<Charge, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              // Not cancelled with the rest: what is taken after the client left is given back too.
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

  /** Does work at the database, on this account, when its turn has come. */
  public <T> Uni<T> atDatabase(QuestionPlan plan, Supplier<Uni<T>> work) {
    return noted(turns.run(plan, () -> begun(work)));
  }

  /** The same, where the result is sent while it is read: see {@link DatabaseTurns#stream}. */
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

  /** Other requests may wait for the work after the client has left: it is settled at its end. */
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

  /** Settles an answer that costs so much. */
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

  /** Settles without an answer. */
  private synchronized void settleWithout() {
    settle(isBegun ? least : 0);
  }
}
