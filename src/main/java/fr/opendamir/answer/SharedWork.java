package fr.opendamir.answer;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.CompletableFuture;

/**
 * Work in progress that several requests wait for. It goes on while at least one of them waits, and
 * is cancelled when the last one leaves.
 *
 * @param <T> its result
 */
final class SharedWork<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private Cancellable running;
  private boolean isAbandoned;
  private int waiting = 1;

  /** Adds a request that waits; false where all others have left, so that nothing comes of it. */
  synchronized boolean join() {
    if (isAbandoned) {
      return false;
    }
    waiting++;
    return true;
  }

  /** Does the work; to be called once, by the request that created this. */
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

  /** Gives the outcome to a request that has joined, and counts it until it leaves. */
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

  /** Has no effect on work that has ended: requests leave with their answer. */
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
