package fr.opendamir.api.http;

import fr.opendamir.access.StreamPlace;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.ReplacedException;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one question took of an allowance in advance, until it is settled. Work that the database
 * has done is paid for, also where nothing comes of it: it ran out of time, or the client left.
 * What never reached the database, or failed there for reasons of the service, is given back.
 */
public final class Charge {
  private final Visit visit;
  private final long taken;
  private final long least;
  private boolean isBegun;
  private boolean isLeft;
  private boolean isSettled;
  private int atDatabase;

  /**
   * Notes what was taken.
   *
   * @param least of it, what the work of the database costs without any row of an answer
   */
  Charge(Visit visit, long taken, long least) {
    this.visit = visit;
    this.taken = taken;
    this.least = least;
  }

  /** Does work at the database, on this account, when its turn has come. */
  public <T> Uni<T> atDatabase(QuestionPlan plan, Supplier<Uni<T>> work) {
    return noted(visit.atDatabase(plan, () -> begun(work)));
  }

  /** The same, where the result is sent while it is read: see {@link Visit#streamed}. */
  public <T> Uni<T> streamed(QuestionPlan plan, Function<StreamPlace, Uni<T>> work) {
    return noted(visit.streamed(plan, place -> begun(() -> work.apply(place))));
  }

  private <T> Uni<T> begun(Supplier<Uni<T>> work) {
    begin();
    return work.get();
  }

  private synchronized void begin() {
    isBegun = true;
  }

  /** Others may go on with the work after the client has left: it is settled when that ends. */
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

  /** Its client has the answer, which costs so much. */
  synchronized void settle(long price) {
    if (!isSettled) {
      isSettled = true;
      visit.settle(taken, price);
    }
  }

  /** Nothing came of it for its client. */
  synchronized void failed() {
    settleWithout();
  }

  /** Its client has left. */
  synchronized void left() {
    isLeft = true;
    if (atDatabase == 0) {
      settleWithout();
    }
  }

  private void settleWithout() {
    settle(isBegun ? least : 0);
  }
}
