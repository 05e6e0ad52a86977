package fr.opendamir.answer;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.CompletableFuture;

/**
 * A single-flight computation that several requests wait for. It continues while at least one of
 * them waits, and is cancelled when the last one leaves.
 *
 * @param <T> type of the result
 */
final class SharedWork<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private Cancellable running;
  private boolean isAbandoned;
  private int waiting = 1;

  /** Adds a waiting request. Returns false if all others have left and the work is cancelled. */
  synchronized boolean join() {
    if (isAbandoned) {
      return false;
    }
    waiting++;
    return true;
  }

  /** Starts the work. Called once, by the request that created this object. */
  void start(Uni<T> work) {
    Cancellable started = work.subscribe().with(outcome::complete, outcome::completeExceptionally);
    if (isAbandonedOr(started)) {
      started.cancel();
    }
  }

  private synchronized boolean isAbandonedOr(Cancellable started) {
    running = started;
    return isAbandoned;
  }

  /** Passes the outcome to a request that has joined, and counts the request until it leaves. */
  void passTo(UniEmitter<? super T> request) {
    request.onTermination(this::leave);
    var unused =
        outcome.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                request.complete(result);
              } else {
                request.fail(failure);
              }
            });
  }

  /**
   * Removes a request. Has no effect on work that has ended: a request that gets its answer also
   * leaves.
   */
  private void leave() {
    Cancellable abandoned = leaveAndFindAbandoned();
    if (abandoned != null) {
      abandoned.cancel();
    }
  }

  private synchronized Cancellable leaveAndFindAbandoned() {
    waiting--;
    if (waiting > 0 || outcome.isDone()) {
      return null;
    }
    isAbandoned = true;
    return running;
  }
}
